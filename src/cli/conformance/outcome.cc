// Writes an answer as canonical text, field by field, and checks the header's
// promises about it.
#include "cli/conformance/outcome.h"

#include <optional>
#include <protozero/pbf_reader.hpp>

#include "cli/conformance/bytes.h"
#include "cli/conformance/corpus_request.h"
#include "cli/conformance/corpus_sha256.h"
#include "cli/conformance/corpus_text.h"

namespace influence::conformance {
namespace {

using protozero::pbf_reader;

// A message of numbers, and of one string if `name_tag` is not 0: " name" then
// the numbers of fields first .. last, in order.
std::string Flat(pbf_reader in, uint32_t name_tag, uint32_t first,
                 uint32_t last) {
  std::string name;
  int64_t numbers[16] = {};
  while (in.next()) {
    if (name_tag != 0 && in.tag() == name_tag) {
      name = in.get_string();
    } else if (in.tag() >= first && in.tag() <= last) {
      numbers[in.tag() - first] = in.get_int64();
    } else {
      in.skip();
    }
  }
  std::string line;
  if (name_tag != 0) AppendName(name, &line);
  for (uint32_t i = first; i <= last; ++i) {
    AppendNumber(numbers[i - first], &line);
  }
  return line + '\n';
}

std::string LineText(const pbf_reader& line) {
  std::string text = "line" + Flat(line, 0, 1, 9);
  for (pbf_reader in = line; in.next();) {
    if (in.tag() == 10) {
      text += "part" + Flat(in.get_message(), 1, 2, 3);
    } else {
      in.skip();
    }
  }
  return text;
}

std::string AccountText(pbf_reader in) {
  std::string network;
  std::optional<int64_t> signals[kSignals];
  while (in.next()) {
    if (in.tag() == 1) {
      network = in.get_string();
    } else if (in.tag() >= 2 && in.tag() < 2 + kSignals) {
      signals[in.tag() - 2] = in.get_int64();
    } else {
      in.skip();
    }
  }
  std::string line = "account";
  AppendName(network, &line);
  for (const auto& signal : signals) {
    if (signal) {
      AppendNumber(*signal, &line);
    } else {
      line += " -";
    }
  }
  return line + '\n';
}

void ReadLedger(pbf_reader in, Result* result) {
  std::string lines;
  std::string lifted;
  std::string held_back;
  std::string accounts;
  result->has_ledger = true;
  while (in.next()) {
    switch (in.tag()) {
      case 1:
      case 2:
      case 3:
      case 4:
      case 5:
        result->headline[in.tag() - 1] = in.get_int64();
        break;
      case 6:
        lines += LineText(in.get_message());
        break;
      case 7:
        lifted += "lifted" + Flat(in.get_message(), 0, 1, 5);
        break;
      case 8:
        held_back += "held_back" + Flat(in.get_message(), 0, 1, 5);
        break;
      case 9:
        accounts += AccountText(in.get_message());
        break;
      default:
        in.skip();
    }
  }
  result->rest = lines + lifted + held_back + accounts;
}

void ReadError(pbf_reader in, size_t place, Result* result) {
  result->has_error = true;
  while (in.next()) {
    if (in.tag() == 1) {
      result->code = in.get_int64();
    } else if (in.tag() == 2) {
      result->field = in.get_string();
    } else {
      in.skip();
    }
  }
  const std::string own = "profiles[" + std::to_string(place) + "]";
  if (result->field.rfind(own, 0) == 0) {
    result->field.erase(0, own.size());
    if (result->field[0] == '.') result->field.erase(0, 1);
  } else {
    result->rest = "broken field\n";
  }
}

Result ReadResult(pbf_reader in, size_t place) {
  Result result;
  while (in.next()) {
    switch (in.tag()) {
      case 1:
        result.id = in.get_string();
        break;
      case 2:
        ReadLedger(in.get_message(), &result);
        break;
      case 3:
        ReadError(in.get_message(), place, &result);
        break;
      case 4:
        result.has_text = in.get_view().size() > 0;
        break;
      default:
        in.skip();
    }
  }
  return result;
}

std::string ReadIdentity(pbf_reader in, std::string_view request) {
  std::string algorithm;
  std::string fingerprint;
  std::string digest;
  std::string as_of = " -";
  while (in.next()) {
    switch (in.tag()) {
      case 1:
        algorithm = in.get_string();
        break;
      case 2:
        fingerprint = in.get_string();
        break;
      case 4:
        digest = in.get_string();
        break;
      case 5:
        as_of.clear();
        AppendNumber(in.get_int64(), &as_of);
        break;
      default:
        in.skip();
    }
  }
  std::string line = "identity";
  AppendName(algorithm, &line);
  AppendName(fingerprint, &line);
  line += as_of + '\n';
  if (digest != Sha256Hex(request)) line += "broken input_digest\n";
  return line;
}

}  // namespace

Answer Score(const influence_engine* engine, std::string_view request) {
  Answer answer;
  OwnedBytes response;
  OwnedError error;
  answer.status =
      influence_score(engine, reinterpret_cast<const uint8_t*>(request.data()),
                      request.size(), response.out(), error.out());
  if (error.status() != answer.status ||
      (*error.text() == '\0') != (answer.status == INFLUENCE_OK) ||
      (answer.status != INFLUENCE_OK && !response.view().empty())) {
    answer.identity = "broken failure\n";
  }
  pbf_reader in(response.view().data(), response.view().size());
  while (in.next()) {
    if (in.tag() == 1) {
      answer.identity += ReadIdentity(in.get_message(), request);
    } else if (in.tag() == 2) {
      answer.results.push_back(
          ReadResult(in.get_message(), answer.results.size()));
    } else {
      in.skip();
    }
  }
  return answer;
}

void Render(const Answer& answer, std::string* text) {
  *text += "status";
  AppendNumber(answer.status, text);
  *text += '\n' + answer.identity;
  for (const Result& result : answer.results) {
    *text += "result";
    AppendName(result.id, text);
    AppendNumber(result.has_text ? 1 : 0, text);
    *text += '\n';
    if (result.has_ledger) {
      *text += "ledger";
      for (const int64_t number : result.headline) AppendNumber(number, text);
      *text += '\n';
    }
    if (result.has_error) {
      *text += "error";
      AppendNumber(result.code, text);
      AppendName(result.field, text);
      *text += '\n';
    }
    *text += result.rest;
  }
}

}  // namespace influence::conformance
