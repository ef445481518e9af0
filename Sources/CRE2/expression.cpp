#include "CRE2.h"

#include <re2/filtered_re2.h>
#include <re2/re2.h>

#include <algorithm>
#include <memory>
#include <new>
#include <string>
#include <vector>

struct cre2_expression {
  std::unique_ptr<re2::RE2> expression;
  std::string error;
  std::string required;
};

namespace {

re2::RE2::Options options(bool groups = false) {
  re2::RE2::Options options;
  options.set_log_errors(false);
  options.set_never_capture(!groups);
  // Of states, kept for one expression; RE2 goes on without keeping them where it is not enough.
  options.set_max_mem(8 << 20);
  return options;
}

// The longest run of ASCII; other letters change length with their case.
std::string ascii(const std::string &text) {
  std::string best;
  for (size_t start = 0; start < text.size();) {
    size_t end = start;
    while (end < text.size() && static_cast<unsigned char>(text[end]) < 0x80) { end++; }
    if (end - start > best.size()) { best = text.substr(start, end - start); }
    start = end + 1;
  }
  return best;
}

// The longest text that is in all of some.
std::string shared(const std::vector<std::string> &texts) {
  const std::string &first = texts.front();
  std::string best;
  for (size_t start = 0; start < first.size(); start++) {
    for (size_t length = first.size() - start; length > best.size(); length--) {
      const std::string part = first.substr(start, length);
      const bool everywhere = std::all_of(texts.begin(), texts.end(), [&](const std::string &text) {
        return text.find(part) != std::string::npos;
      });
      if (everywhere) { best = part; }
    }
  }
  return best;
}

// RE2 gives the texts of which a match must have some, and says whether given ones are enough.
// One that all others together do not replace is in every match; where no single one is, a match
// still has one of them, and with it what they share.
std::string required(re2::StringPiece pattern) {
  re2::FilteredRE2 filter;
  std::vector<std::string> texts;
  int id = 0;
  if (filter.Add(pattern, options(), &id) != re2::RE2::NoError) { return {}; }
  filter.Compile(&texts);
  std::vector<int> found;
  filter.AllPotentials({}, &found);
  if (texts.empty() || texts.size() > 64 || !found.empty()) { return {}; }
  std::string best = ascii(shared(texts));
  for (size_t left = 0; left < texts.size(); left++) {
    const std::string text = ascii(texts[left]);
    if (text.size() <= best.size()) { continue; }
    std::vector<int> others;
    for (size_t other = 0; other < texts.size(); other++) {
      if (other != left) { others.push_back(static_cast<int>(other)); }
    }
    found.clear();
    filter.AllPotentials(others, &found);
    if (found.empty()) { best = text; }
  }
  return best;
}

// U+212A and U+017F are k and s to RE2 where case is ignored, and no ASCII: whether the pattern can
// speak of them, by flags, by itself or by an escape.
bool reaches_past_ascii(const std::string &pattern) {
  for (size_t place = 0; place < pattern.size(); place++) {
    const unsigned char letter = pattern[place];
    const unsigned char next = place + 1 < pattern.size() ? pattern[place + 1] : 0;
    if (letter >= 0x80 || (letter == '(' && next == '?')) { return true; }
    if (letter == '\\' && (next == 'x' || next == 'p' || next == 'P' || (next >= '0' && next <= '9'))) {
      return true;
    }
  }
  return false;
}

}  // namespace

extern "C" {

cre2_expression *cre2_new(const uint8_t *pattern, size_t length, int groups) {
  auto *made = new (std::nothrow) cre2_expression;
  if (made == nullptr) { return nullptr; }
  const std::string text(reinterpret_cast<const char *>(pattern), length);
  made->expression = std::make_unique<re2::RE2>(text, options(groups != 0));
  if (!made->expression->ok()) {
    // RE2 puts the part behind the words.
    made->error = made->expression->error();
    const std::string tail = ": " + made->expression->error_arg();
    if (made->error.size() > tail.size() &&
        made->error.compare(made->error.size() - tail.size(), tail.size(), tail) == 0) {
      made->error.resize(made->error.size() - tail.size());
    }
    return made;
  }
  if (groups != 0) { return made; }
  made->required = required(text);
  const bool folds = made->required.find_first_of("ks") != std::string::npos;
  if (folds && reaches_past_ascii(text)) { made->required.clear(); }
  return made;
}

void cre2_free(cre2_expression *expression) { delete expression; }

const char *cre2_error(const cre2_expression *expression) {
  return expression->expression->ok() ? nullptr : expression->error.c_str();
}

const char *cre2_error_part(const cre2_expression *expression) {
  return expression->expression->ok() ? nullptr : expression->expression->error_arg().c_str();
}

int cre2_matches(const cre2_expression *expression, const uint8_t *text, size_t length) {
  const re2::StringPiece whole(reinterpret_cast<const char *>(text), length);
  return expression->expression->Match(whole, 0, length, re2::RE2::UNANCHORED, nullptr, 0);
}

int cre2_find(const cre2_expression *expression, const uint8_t *text, size_t length, size_t from,
              cre2_range *match, cre2_range *group) {
  const char *start = reinterpret_cast<const char *>(text);
  const re2::StringPiece whole(start, length);
  re2::StringPiece found[2];
  const int wanted = expression->expression->NumberOfCapturingGroups() > 0 ? 2 : 1;
  if (!expression->expression->Match(whole, from, length, re2::RE2::UNANCHORED, found, wanted)) {
    return 0;
  }
  const size_t begin = found[0].data() == nullptr ? from : found[0].data() - start;
  match->start = begin;
  match->end = begin + found[0].size();
  if (wanted == 1) {
    *group = *match;
  } else if (found[1].data() == nullptr) {
    // It took no part.
    group->start = group->end = begin;
  } else {
    group->start = found[1].data() - start;
    group->end = group->start + found[1].size();
  }
  return 1;
}

const char *cre2_required(const cre2_expression *expression) {
  return expression->required.c_str();
}
}
