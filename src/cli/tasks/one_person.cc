// Finds one person in a file of profiles or opens them in a log of events, for
// the subcommands about one person.
#include "cli/tasks/one_person.h"

#include <algorithm>
#include <cstdio>
#include <utility>

#include "absl/strings/ascii.h"
#include "absl/strings/str_cat.h"
#include "cli/basics/failure.h"
#include "cli/basics/printable.h"
#include "cli/read/inputs.h"
#include "cli/tasks/score_people.h"
#include "text/escape.h"

namespace influence::cli {
namespace {

// The number of single-character edits between two texts.
size_t EditDistance(const std::string& a, const std::string& b) {
  std::vector<size_t> row(b.size() + 1);
  for (size_t j = 0; j <= b.size(); ++j) row[j] = j;
  for (size_t i = 1; i <= a.size(); ++i) {
    size_t diagonal = row[0];
    row[0] = i;
    for (size_t j = 1; j <= b.size(); ++j) {
      const size_t replaced = diagonal + (a[i - 1] == b[j - 1] ? 0 : 1);
      diagonal = row[j];
      row[j] = std::min({row[j] + 1, row[j - 1] + 1, replaced});
    }
  }
  return row[b.size()];
}

// The ids nearest to one that is not there, nearest first, or nothing.
std::string Suggestion(const std::string& id,
                       const std::vector<Person>& people) {
  constexpr size_t kMostTried = 100'000;  // people, for time's sake
  constexpr size_t kMostBytes = 64;       // of an id, likewise
  constexpr size_t kMostNamed = 3;
  const size_t near = std::clamp<size_t>(id.size() / 2, 1, 2);
  std::vector<std::pair<size_t, std::string>> found;
  for (size_t i = 0; i < std::min(people.size(), kMostTried); ++i) {
    const std::string& other = people[i].profile.id();
    if (std::max(id.size(), other.size()) > kMostBytes) continue;
    const size_t distance =
        EditDistance(absl::AsciiStrToLower(id), absl::AsciiStrToLower(other));
    if (distance <= near) found.emplace_back(distance, other);
  }
  std::sort(found.begin(), found.end());
  std::string names;
  for (size_t i = 0; i < std::min(found.size(), kMostNamed); ++i) {
    absl::StrAppend(&names, i == 0 ? "; near it: " : ", ",
                    Printable(found[i].second));
  }
  return names;
}

}  // namespace

std::unique_ptr<Population> ReadForOne(const std::string& id,
                                       std::string_view text,
                                       Population::Options options) {
  options.skip_bad_rows = true;
  auto population = std::make_unique<Population>(text, options);
  const std::vector<Complaint>& complaints = population->complaints();
  const size_t bad_line = population->BadLine(id);
  for (const Complaint& complaint : complaints) {
    const bool is_theirs = bad_line != 0 && complaint.line == bad_line;
    if (is_theirs || complaint.is_nobodys) {
      throw Failure(kBadData, population->Describe(complaint));
    }
  }
  if (!complaints.empty()) {
    std::fprintf(stderr,
                 "influence: rows of others that were passed over: %zu; the "
                 "first: %s\n",
                 complaints.size(),
                 population->Describe(complaints[0]).c_str());
  }
  return population;
}

const Person& FindPerson(const std::string& id, const std::string& file,
                         const std::vector<Person>& people) {
  const Person* found = nullptr;
  for (const Person& person : people) {
    if (person.profile.id() != id) continue;
    if (found != nullptr) {  // in protobuf input, two profiles of one id
      throw Failure(kBadData, absl::StrCat(file, ": more than one profile has ",
                                           "the id ", Quoted(id)));
    }
    found = &person;
  }
  if (found != nullptr) return *found;
  throw Failure(kBadData, absl::StrCat(file, ": nobody has the id ", Quoted(id),
                                       Suggestion(id, people)));
}

std::unique_ptr<Standing> StandingOf(const ScoreOptions& options,
                                     const Engine& engine, const Tally* tally,
                                     bool rows_to_terminal) {
  if (!options.standing.IsAsked()) return nullptr;
  return MakeStanding(options.standing, engine, tally, rows_to_terminal);
}

std::optional<abi1::NodeReport> FindNode(const Standing& standing,
                                         const ScoreOptions& options) {
  abi1::NodeRequest request;
  request.set_id(options.id);
  request.set_top(options.top);
  return standing.Find(request);
}

OpenedPerson OpenPerson(const ScoreOptions& options, const Engine& engine,
                        bool carriers, bool rows_to_terminal) {
  NewRequest(options, engine, abi1::ScoreRequest());
  OpenedPerson opened;
  opened.tally = TallyEvents(options.events, engine, rows_to_terminal);
  abi1::SubjectRequest subject;
  subject.set_id(options.id);
  subject.set_top(options.top);
  subject.set_carriers(carriers);
  opened.standing =
      StandingOf(options, engine, opened.tally.get(), rows_to_terminal);
  if (opened.standing != nullptr) {
    opened.node = FindNode(*opened.standing, options);
    StateGraph(opened.standing->Report(), &subject);
  }
  if (opened.node) *subject.mutable_node() = *opened.node;
  opened.report = opened.tally->Subject(subject);
  const abi1::Result& result = opened.report.result();
  opened.request = HeadOf(*opened.tally, engine, opened.standing.get());
  abi1::Profile* const profile = opened.request.add_profiles();
  profile->set_id(result.id());
  *profile->mutable_accounts() = result.ledger().accounts();
  return opened;
}

abi1::ScoreResponse ScoreOne(const ScoreOptions& options, const Engine& engine,
                             abi1::Rendering rendering,
                             const Standing* standing) {
  const Population::Options population_options =
      PopulationOptions(options.input);
  NewRequest(options, engine, abi1::ScoreRequest());
  const std::string text = ReadAll(options.input.file);
  const std::unique_ptr<Population> population =
      ReadForOne(options.id, text, population_options);
  abi1::ScoreRequest request = NewRequest(options, engine, population->head());
  if (standing != nullptr) {
    GiveStanding(*standing, population.get());
    StateGraph(standing->Report(), &request);
  }
  const std::vector<Person>& people = population->people();
  const Person& person =
      FindPerson(options.id, population_options.name, people);
  *request.add_profiles() = person.profile;
  request.set_detail(abi1::DETAIL_LEDGER);
  request.set_rendering(rendering);
  abi1::ScoreResponse response = engine.Score(request);
  if (response.results(0).has_error()) {
    const size_t before = population->complaints().size();
    population->Refuse(static_cast<size_t>(&person - &people[0]),
                       response.results(0).error());
    throw Failure(kBadData,
                  population->Describe(population->complaints()[before]));
  }
  return response;
}

}  // namespace influence::cli
