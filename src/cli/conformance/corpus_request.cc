// Serializes requests with protozero's headers alone, so that the corpus builds
// on any machine that has a compiler.
#include "cli/conformance/corpus_request.h"

#include <protozero/pbf_writer.hpp>

#include "cli/conformance/corpus_text.h"

namespace influence::conformance {
namespace {

std::string Bytes(const Account& account) {
  std::string bytes;
  protozero::pbf_writer out(bytes);
  if (!account.network.empty()) out.add_string(1, account.network);
  for (size_t i = 0; i < kSignals; ++i) {
    if (account.signals[i]) {
      out.add_int64(static_cast<protozero::pbf_tag_type>(i + 2),
                    *account.signals[i]);
    }
  }
  return bytes + account.extra;
}

std::string Bytes(const SignalValue& count) {
  std::string bytes;
  protozero::pbf_writer out(bytes);
  out.add_enum(1, count.signal);
  out.add_int64(2, count.value_micros);
  return bytes;
}

std::string Bytes(const Row& row) {
  std::string bytes;
  protozero::pbf_writer out(bytes);
  out.add_enum(1, row.factor);
  out.add_int64(2, row.weight_micropoints);
  out.add_int64(3, row.full_marks_micros);
  if (row.half_life_units != 0) out.add_int32(4, row.half_life_units);
  for (const SignalValue& count : row.counts) out.add_message(5, Bytes(count));
  return bytes;
}

}  // namespace

std::string Bytes(const Profile& profile) {
  std::string bytes;
  protozero::pbf_writer out(bytes);
  if (!profile.id.empty()) out.add_string(1, profile.id);
  for (const Account& account : profile.accounts) {
    out.add_message(2, Bytes(account));
  }
  return bytes + profile.extra;
}

std::string Bytes(const Head& head) {
  std::string bytes;
  protozero::pbf_writer out(bytes);
  if (!head.algorithm.empty()) out.add_string(1, head.algorithm);
  if (head.as_of_days) out.add_int32(2, *head.as_of_days);
  if (head.detail != 0) out.add_enum(4, head.detail);
  if (!head.fingerprint.empty()) out.add_string(5, head.fingerprint);
  if (head.rendering != 0) out.add_enum(6, head.rendering);
  return bytes;
}

std::string Bytes(const Table& table) {
  std::string bytes;
  protozero::pbf_writer out(bytes);
  if (!table.id.empty()) out.add_string(1, table.id);
  for (const Row& row : table.rows) out.add_message(2, Bytes(row));
  return bytes;
}

void AppendProfile(const std::string& profile, std::string* request) {
  protozero::pbf_writer(*request).add_message(3, profile);
}

std::string Describe(const Head& head) {
  std::string line = "head";
  AppendName(head.algorithm, &line);
  if (head.as_of_days) {
    AppendNumber(*head.as_of_days, &line);
  } else {
    line += " -";
  }
  AppendNumber(head.detail, &line);
  AppendName(head.fingerprint, &line);
  AppendNumber(head.rendering, &line);
  return line + '\n';
}

std::string Describe(const Profile& profile) {
  std::string text = "profile";
  AppendName(profile.id, &text);
  text += '\n';
  for (const Account& account : profile.accounts) {
    text += "with";
    AppendName(account.network, &text);
    for (size_t i = 0; i < kSignals; ++i) {
      if (!account.signals[i]) continue;
      text += ' ';
      text += kSignalNames[i];
      AppendNumber(*account.signals[i], &text);
    }
    text += '\n';
  }
  return text;
}

}  // namespace influence::conformance
