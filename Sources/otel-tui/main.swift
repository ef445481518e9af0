print("otel-tui")
