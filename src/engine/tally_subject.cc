// Builds the SubjectReport of one person: the profile and the score, the
// sources of each factor's points by network and actor, and the topics. A
// part's points are split among its actors in proportion to their quantities,
// rounded down; the remainder is reported, so the numbers sum exactly.
#include "engine/tally_subject.h"

#include <algorithm>
#include <array>
#include <cstdint>
#include <map>
#include <string>
#include <utility>
#include <vector>

#include "base/muldiv.h"
#include "codec/codec.h"
#include "engine/node_report.h"
#include "engine/request_options.h"
#include "engine/tally_carriers.h"
#include "model/ledger.h"
#include "model/messages_of.h"
#include "model/profile.h"

namespace influence {
namespace {

// Takes standing and graph from the node, and checks that the request does not
// contradict it.
Error TakeNode(SubjectQuestion* question) {
  msg::SubjectRequest& request = question->request;
  const msg::NodeReport& node = *request.node;
  GraphIdentity graph;
  Error error = CheckNodeReport(node, &graph);
  if (!error.ok()) return std::move(error).Within("node");
  if (node.id != request.id) {
    return {
        Code::kInvalidArgument, "node.id",
        "is " + Quoted(node.id) + "; the request is for " + Quoted(request.id)};
  }
  if (request.standing_micros.value_or(node.standing_micros) !=
      node.standing_micros) {
    return {Code::kInvalidArgument, "standing_micros",
            "is " + std::to_string(*request.standing_micros) +
                "; the node's is " + std::to_string(node.standing_micros)};
  }
  if (question->graph.is_stated() && question->graph != graph) {
    return {Code::kInvalidArgument, "graph",
            "is another graph than the node's, or its seeds or its rule are "
            "others"};
  }
  request.standing_micros = node.standing_micros;
  question->graph = std::move(graph);
  return {};
}

Error Check(SubjectQuestion* question) {
  const msg::SubjectRequest& request = question->request;
  Error error = ReadTop(request.top, &question->top);
  if (!error.ok()) return error;
  const Micros standing = request.standing_micros.value_or(0);
  if (standing < 0 || standing > kMaxSignal) {
    return NotIn("standing_micros", standing, 0, kMaxSignal);
  }
  error = ReadGraph(request.graph, &question->graph);
  if (!error.ok() || !request.node.has_value()) return error;
  return TakeNode(question);
}

// The profile that the gifts produce, equal to the one in the stream of
// profiles: accounts by network.
class Person {
 public:
  Person(const Engine::Core& core, const Tally& tally,
         const SubjectQuestion& question, std::vector<Gift> gifts)
      : core_(core),
        tally_(tally),
        top_(question.top),
        gifts_(std::move(gifts)) {
    for (const Gift& gift : gifts_) {
      networks_.emplace(tally.networks()[gift.network], gift.network);
    }
    profile_.id = question.request.id;
    for (const auto& [name, network] : networks_) {
      profile_.accounts.push_back({name, SignalsOn(network)});
    }
    if (question.request.standing_micros.has_value()) {
      profile_.accounts[0].signals.Set(Signal::kStanding,
                                       *question.request.standing_micros);
    }
  }

  const Profile& profile() const { return profile_; }
  OpenedPerson opened() const {
    return {tally_, core_.evaluator, profile_, gifts_};
  }

  // The sources of each line of the ledger, by network.
  std::vector<msg::FactorSources> Sources(const Ledger& ledger) const {
    std::vector<msg::FactorSources> sources;
    for (size_t i = 0; i < ledger.lines.size(); ++i) {
      const Line& line = ledger.lines[i];
      const Evaluator::Compiled& row = core_.evaluator.rows()[i];
      for (uint32_t p = line.parts_begin; p < line.parts_end; ++p) {
        const Part& part = ledger.parts[p];
        const std::string_view network =
            profile_.accounts[part.account].network;
        sources.push_back(
            OpenPart(line.factor, network, part,
                     GivenTo(row, networks_.find(network)->second)));
      }
    }
    return sources;
  }

 private:
  // The quantity that each actor contributed to one row of the algorithm on one
  // network.
  using Given = std::map<uint32_t, Micros>;

  // A kind that occurs on the network is known for everybody there, even if
  // this person received none of it (TALLY.md, rule 5).
  Signals SignalsOn(uint32_t network) const {
    std::array<Micros, kSignalCount> sums{};
    for (const Gift& gift : gifts_) {
      if (gift.network != network) continue;
      Micros& sum = sums[Index(gift.signal)];
      sum = std::min(kMaxSignal, sum + gift.amount);
    }
    Signals signals;
    for (const Evaluator::Compiled& row : core_.evaluator.rows()) {
      for (const SignalValue& count : row.counts) {
        if (tally_.Occurs(network, count.signal)) {
          signals.Set(count.signal, sums[Index(count.signal)]);
        }
      }
    }
    return signals;
  }

  // Each kind is rounded down by itself. The quantities of all actors therefore
  // do not exceed the part's, unless a signal is at its limit; the report
  // carries the remainder.
  Given GivenTo(const Evaluator::Compiled& row, uint32_t network) const {
    std::map<uint32_t, Signals> by_actor;
    for (const Gift& gift : gifts_) {
      if (gift.network == network &&
          (row.signal_mask & Signals::Bit(gift.signal)) != 0) {
        by_actor[gift.actor].Set(gift.signal, gift.amount);
      }
    }
    Given given;
    for (const auto& [actor, signals] : by_actor) {
      Micros quantity = 0;
      for (const SignalValue& count : row.counts) {
        quantity += static_cast<Micros>(
            MulDivFloor(static_cast<uint64_t>(signals.Get(count.signal)),
                        static_cast<uint64_t>(count.value),
                        static_cast<uint64_t>(kOne))
                .quotient);
      }
      if (quantity > 0) given.emplace(actor, quantity);
    }
    return given;
  }

  msg::FactorSources OpenPart(Factor factor, std::string_view network,
                              const Part& part, const Given& given) const {
    std::vector<msg::Source> sources;
    for (const auto& [actor, quantity] : given) {
      // An actor's share of the part's points, rounded down.
      const Micros points =
          part.quantity == 0
              ? 0
              : static_cast<Micros>(
                    MulDivFloor(static_cast<uint64_t>(part.points),
                                static_cast<uint64_t>(
                                    std::min(quantity, part.quantity)),
                                static_cast<uint64_t>(part.quantity))
                        .quotient);
      sources.push_back({tally_.ids()[actor], quantity, points});
    }
    // Equal quantities are ordered by id, so that the report does not depend on
    // numbers.
    std::sort(sources.begin(), sources.end(),
              [](const msg::Source& a, const msg::Source& b) {
                return a.quantity_micros != b.quantity_micros
                           ? a.quantity_micros > b.quantity_micros
                           : a.actor < b.actor;
              });
    msg::FactorSources opened;
    opened.factor = factor;
    opened.network = network;
    opened.quantity_micros = part.quantity;
    opened.points_micropoints = part.points;
    opened.remainder_quantity_micros = part.quantity;
    opened.remainder_points_micropoints = part.points;
    opened.others.emplace();
    for (size_t i = 0; i < sources.size(); ++i) {
      opened.remainder_quantity_micros -= sources[i].quantity_micros;
      opened.remainder_points_micropoints -= sources[i].points_micropoints;
      if (i < top_) {
        opened.top.push_back(sources[i]);
      } else {
        opened.others->quantity_micros += sources[i].quantity_micros;
        opened.others->points_micropoints += sources[i].points_micropoints;
        ++opened.others_count;
      }
    }
    return opened;
  }

  const Engine::Core& core_;
  const Tally& tally_;
  size_t top_;
  std::vector<Gift> gifts_;
  std::map<std::string_view, uint32_t> networks_;  // by name
  Profile profile_;
};

std::vector<msg::TopicEvidence> TopicsOf(
    const Tally& tally, uint32_t subject,
    const std::map<std::string_view, Micros>& scores_without) {
  std::vector<msg::TopicEvidence> topics;
  for (const TopicEvidence& evidence : tally.TopicsOf(subject)) {
    topics.push_back({evidence.topic, evidence.quantity, evidence.people,
                      evidence.score(), std::nullopt});
    const auto found = scores_without.find(evidence.topic);
    if (found != scores_without.end()) {
      topics.back().score_without_micropoints = found->second;
    }
  }
  std::sort(topics.begin(), topics.end(),
            [](const msg::TopicEvidence& a, const msg::TopicEvidence& b) {
              return a.score_micros != b.score_micros
                         ? a.score_micros > b.score_micros
                         : a.topic < b.topic;
            });
  return topics;
}

}  // namespace

Error ReadSubjectRequest(std::string_view bytes, SubjectQuestion* question) {
  Error error = CheckSize("request", bytes);
  if (!error.ok()) return error;
  error = Decode(bytes, &question->request);
  if (error.ok()) error = Check(question);
  return std::move(error).Within("request");
}

// A person on more networks than a profile may have still gets topics; only the
// score is an error.
Error OpenSubject(const Engine::Core& core, const Tally& tally,
                  const SubjectQuestion& question, ByteBuffer* out) {
  const msg::SubjectRequest& request = question.request;
  const uint32_t subject = tally.ids().Find(request.id);
  std::vector<Gift> gifts;
  if (subject != IdTable::kNone) gifts = tally.GiftsTo(subject);
  if (gifts.empty()) {
    return {Code::kNotFound, "request.id",
            Quoted(request.id) + " received no reaction that counts"};
  }
  const Person person(core, tally, question, std::move(gifts));
  const Profile& profile = person.profile();

  msg::SubjectReport report;
  report.as_of_seconds = tally.as_of_seconds();
  report.node = request.node;
  report.algorithm = core.description.algorithm.id;
  report.fingerprint = core.description.fingerprint;
  report.graph = MessageOf(question.graph);
  Ledger ledger;
  std::string words;
  std::map<std::string_view, Micros> scores_without;
  if (profile.accounts.size() > kMaxAccounts) {
    words = std::to_string(profile.accounts.size()) +
            " networks; the limit is " + std::to_string(kMaxAccounts);
    report.result.emplace();
    report.result->id = profile.id;
    report.result->error = {Code::kTooLarge, "accounts", words, std::nullopt};
  } else {
    core.evaluator.Score(profile, Detail::kLedger, &ledger);
    report.result = ResultMessage(profile, ledger);
    report.sources = person.Sources(ledger);
    if (request.carriers) {
      report.actors = ActorCarriers(person.opened(), question.top);
      scores_without = ScoresWithoutTopics(person.opened(), subject);
    }
  }
  report.topics = TopicsOf(tally, subject, scores_without);
  Encode(report, out);
  if (out->size() > kMaxResponseBytes) {
    return {Code::kTooLarge, "", "the report is larger than a response may be"};
  }
  return {};
}

}  // namespace influence
