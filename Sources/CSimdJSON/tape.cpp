extern "C" int csimdjson_placeholder(void);
int csimdjson_placeholder(void) { return 0; }
