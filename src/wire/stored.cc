#include "wire/stored.h"

#include <algorithm>
#include <map>
#include <utility>

#include "base/muldiv.h"
#include "model/ledger.h"
#include "model/profile.h"
#include "wire/fields.h"

namespace influence {
namespace {

// More of anything than a library writes; what is hostile stays small.
constexpr size_t kMostLines = 2 * kFactorCount;
// Of each signal, faded and five more that can become of it; of each line.
constexpr size_t kMostReasons = 6 * kSignalCount + kMostLines;
constexpr Micros kMostNetworks = 2 * kMaxAccounts;  // of two sides
constexpr size_t kMostQuestions = 64;
constexpr size_t kMostCurvePoints = 1'000;
constexpr size_t kMostQuantiles = 64;
constexpr size_t kMostMovers = 1'000;
constexpr size_t kMostSlices = 1'024;
constexpr size_t kChangeCodes = static_cast<size_t>(ChangeCode::kSpread);
constexpr size_t kMostChanges = 2 * 100 * 100 + 1;
constexpr Micros kMostPeople = Micros{1} << 35;
constexpr Micros kMostMoved = kMostPeople * kFullScore;

Micros Score(Level* at, const char* name) {
  return at->Int(name, 0, kFullScore);
}
Micros ScoreChange(Level* at, const char* name) {
  return at->Int(name, -kFullScore, kFullScore);
}
Micros AnyQuantity(Level* at, const char* name) {
  return at->Int(name, 0, kMaxQuantity);
}
// Of one signal in all accounts.
Micros AnyCount(Level* at, const char* name) {
  return at->Int(name, 0, Micros{kMaxAccounts} * kMaxSignal);
}
uint64_t People(Level* at, const char* name) {
  return static_cast<uint64_t>(at->Int(name, 0, kMostPeople));
}

std::string_view AlgorithmIn(Level at) {
  std::string_view algorithm;
  while (at.in.Next()) {
    if (at.in.tag() == BytesTag(field::identity::kAlgorithm)) {
      algorithm = at.Text("algorithm");
    } else {
      at.in.Skip();
    }
  }
  return algorithm;
}

// Every field of an Identity as text, as GivenIdentity has it.
std::map<uint32_t, std::string> IdentityIn(Level at) {
  constexpr uint32_t kEnd = 16;       // no field has this number, or more
  constexpr size_t kMostText = 4096;  // bytes
  std::map<uint32_t, std::string> values;
  while (at.in.Next()) {
    const uint32_t field = at.in.tag() >> 3;
    const std::string name = "field " + std::to_string(field);
    if (field < kEnd && at.in.tag() == VarintTag(field)) {
      values[field] = std::to_string(at.in.Int64());
    } else if (field < kEnd && at.in.tag() == BytesTag(field)) {
      const std::string_view text = at.Text(name.c_str());
      if (text.size() > kMostText) {
        at.Refuse(name.c_str(), "has more than 4096 bytes");
        continue;
      }
      values[field] = std::string(text);
    } else {
      at.in.Skip();
    }
  }
  return values;
}

std::vector<IdentityField> Beside(
    const std::map<uint32_t, std::string>& before,
    const std::map<uint32_t, std::string>& after) {
  std::map<uint32_t, IdentityField> fields;
  for (const auto& [field, value] : before) fields[field].before = value;
  for (const auto& [field, value] : after) fields[field].after = value;
  std::vector<IdentityField> beside;
  for (auto& [field, both] : fields) {
    both.field = field;
    beside.push_back(std::move(both));
  }
  return beside;
}

// What a page shows of a line; its networks and signals are not shown.
LegLine LegLineIn(Level at) {
  using namespace field::leg_line;
  LegLine line{};
  line.factor = Factor{1};
  while (at.in.Next()) {
    switch (at.in.tag()) {
      case VarintTag(kFactor):
        line.factor = at.Kind<Factor>("factor", kFactorCount);
        break;
      case VarintTag(kBefore):
        line.before = Score(&at, "before_micropoints");
        break;
      case VarintTag(kAfter):
        line.after = Score(&at, "after_micropoints");
        break;
      case VarintTag(kBeforeQuantity):
        line.before_quantity = AnyQuantity(&at, "before_quantity_micros");
        break;
      case VarintTag(kAfterQuantity):
        line.after_quantity = AnyQuantity(&at, "after_quantity_micros");
        break;
      case VarintTag(kFaded):
        line.faded = at.Int("faded_micropoints", -kFullScore, 0);
        break;
      default:
        at.in.Skip();
    }
  }
  return line;
}

Leg LegIn(Level at) {
  Leg leg{};
  while (at.in.Next()) {
    switch (at.in.tag()) {
      case VarintTag(field::leg::kChange):
        leg.change = ScoreChange(&at, "change_micropoints");
        break;
      case VarintTag(field::leg::kFaded):
        leg.faded = at.Int("faded_micropoints", -kFullScore, 0);
        break;
      case BytesTag(field::leg::kLines):
        at.Append("lines", kMostLines, LegLineIn, &leg.lines);
        break;
      default:
        at.in.Skip();
    }
  }
  Micros sum = 0, faded = 0;
  for (const LegLine& line : leg.lines) {
    sum += line.after - line.before;
    faded += line.faded;
  }
  at.Require(sum == leg.change, "change_micropoints", "is not its lines' sum");
  at.Require(faded == leg.faded, "faded_micropoints", "is not its lines' sum");
  return leg;
}

ChangeReason ChangeReasonIn(Level at) {
  using namespace field::change_reason;
  ChangeReason reason{};
  reason.code = ChangeCode::kRose;
  reason.factor = Factor{1};
  while (at.in.Next()) {
    switch (at.in.tag()) {
      case VarintTag(kCode):
        reason.code = at.Kind<ChangeCode>("code", kChangeCodes);
        break;
      case VarintTag(kFactor):
        reason.factor = at.Kind<Factor>("factor", kFactorCount);
        break;
      case VarintTag(kChange):
        reason.change = ScoreChange(&at, "change_micropoints");
        break;
      case VarintTag(kSignal):
        reason.signal = at.Kind<Signal>("signal", kSignalCount);
        break;
      case VarintTag(kBeforeQuantity):
        reason.before_quantity = AnyQuantity(&at, "before_quantity_micros");
        break;
      case VarintTag(kAfterQuantity):
        reason.after_quantity = AnyQuantity(&at, "after_quantity_micros");
        break;
      case VarintTag(kHalfLifeDays):
        reason.half_life_days =
            static_cast<int32_t>(at.Int("half_life_days", 0, int64_t{1} << 30));
        break;
      case VarintTag(kWholePoints):
        reason.whole_points = at.Int("whole_points", -100, 100);
        break;
      case VarintTag(kBeforeCount):
        reason.before = AnyCount(&at, "before_count_micros");
        break;
      case VarintTag(kAfterCount):
        reason.after = AnyCount(&at, "after_count_micros");
        break;
      case VarintTag(kNetworks):
        reason.networks =
            static_cast<uint32_t>(at.Int("networks", 0, kMostNetworks));
        break;
      case BytesTag(kNetwork):
        reason.network = at.Text("network");
        break;
      case VarintTag(kOthers):
        reason.others =
            static_cast<uint32_t>(at.Int("others", 0, kSignalCount));
        break;
      default:
        at.in.Skip();
    }
  }
  return reason;
}

void CheckChange(const Change& change, Level* at) {
  at->Require(change.between - change.before == change.input.change, "input",
              "is not what the scores differ by");
  at->Require(change.after - change.between == change.formula.change, "formula",
              "is not what the scores differ by");
  Micros sum = 0;
  int64_t whole = 0;
  for (const ChangeReason& reason : change.reasons) {
    sum += reason.change;
    whole += reason.whole_points;
  }
  at->Require(
      sum == change.after - change.before && whole == change.whole_points,
      "reasons", "do not sum to the change");
  at->Require(change.whole_points == MulDiv(change.after, 1, kOne) -
                                         MulDiv(change.before, 1, kOne),
              "whole_points", "is not what the scores differ by");
}

// The id and the score of a Result, and which factors nothing is stated of.
struct Scored {
  std::string_view id;
  Micros score = 0;
  std::vector<Factor> unknown;
  bool states_standing = false;
};

// A line of a ledger: adds its factor to those of which nothing is stated.
void NoteUnknown(Level at, std::vector<Factor>* unknown) {
  using namespace field::line;
  Factor factor{};
  bool stated = false;
  while (at.in.Next()) {
    switch (at.in.tag()) {
      case VarintTag(kFactor):
        factor = at.Kind<Factor>("factor", kFactorCount);
        break;
      case VarintTag(kQuantity):
      case VarintTag(kCovered):
        stated = at.in.Varint() != 0 || stated;
        break;
      default:
        at.in.Skip();
    }
  }
  if (!stated && unknown->size() < kMostLines) unknown->push_back(factor);
}

bool StatesStanding(Reader account) {
  constexpr uint32_t kStanding =
      field::account::kFirstSignal +
      static_cast<uint32_t>(Index(Signal::kStanding));
  while (account.Next()) {
    if (account.tag() == VarintTag(kStanding)) return true;
    account.Skip();
  }
  return false;
}

Scored ResultIn(Level at) {
  Scored scored;
  while (at.in.Next()) {
    switch (at.in.tag()) {
      case BytesTag(field::result::kId):
        scored.id = at.Text("id");
        break;
      case BytesTag(field::result::kLedger): {
        Level ledger = at.Inner("ledger");
        while (ledger.in.Next()) {
          switch (ledger.in.tag()) {
            case VarintTag(field::ledger::kScore):
              scored.score = Score(&ledger, "score_micropoints");
              break;
            case BytesTag(field::ledger::kLines):
              NoteUnknown(ledger.Inner("lines"), &scored.unknown);
              break;
            case BytesTag(field::ledger::kAccounts):
              scored.states_standing |=
                  StatesStanding({ledger.in.Bytes(), kMaxDepth - 1});
              break;
            default:
              ledger.in.Skip();
          }
        }
        break;
      }
      default:
        at.in.Skip();
    }
  }
  return scored;
}

CurvePoint CurvePointIn(Level at) {
  using namespace field::curve_point;
  CurvePoint point{};
  while (at.in.Next()) {
    switch (at.in.tag()) {
      case VarintTag(kQuantity):
        point.quantity = AnyQuantity(&at, "quantity_micros");
        break;
      case VarintTag(kPoints):
        point.points = Score(&at, "points_micropoints");
        break;
      default:
        at.in.Skip();
    }
  }
  return point;
}

FactorCurve CurveIn(Level at) {
  using namespace field::curve_answer;
  FactorCurve curve;
  curve.factor = Factor{1};
  while (at.in.Next()) {
    if (at.in.tag() == VarintTag(kFactor)) {
      curve.factor = at.Kind<Factor>("factor", kFactorCount);
    } else if (at.in.tag() == BytesTag(kPoints)) {
      at.Append("points", kMostCurvePoints, CurvePointIn, &curve.points);
    } else {
      at.in.Skip();
    }
  }
  return curve;
}

GoalAnswer GoalIn(Level at) {
  using namespace field::goal_answer;
  GoalAnswer goal;
  goal.signal = Signal{1};
  while (at.in.Next()) {
    switch (at.in.tag()) {
      case VarintTag(kSignal):
        goal.signal = at.Kind<Signal>("signal", kSignalCount);
        break;
      case BytesTag(kNetwork):
        goal.network = at.Text("network");
        break;
      case VarintTag(kRise):
        goal.rise = Score(&at, "rise_micropoints");
        break;
      case VarintTag(kStated):
        goal.stated = at.Int("stated_micros", 0, kMaxSignal);
        break;
      case VarintTag(kIsNewAccount):
        goal.is_new_account = at.in.Varint() != 0;
        break;
      case VarintTag(kReachable):
        goal.goal.reachable = at.in.Varint() != 0;
        break;
      case VarintTag(kValue):
        goal.goal.value = at.Int("value_micros", 0, kMaxSignal);
        break;
      case VarintTag(kScore):
        goal.goal.score = Score(&at, "score_micropoints");
        break;
      default:
        at.in.Skip();
    }
  }
  return goal;
}

Carrier CarrierIn(Level at) {
  using namespace field::carrier;
  Carrier carrier{};
  while (at.in.Next()) {
    switch (at.in.tag()) {
      case BytesTag(kNetwork):
        carrier.network = at.Text("network");
        break;
      case VarintTag(kPoints):
        carrier.points = Score(&at, "points_micropoints");
        break;
      case VarintTag(kScoreWithout):
        carrier.score_without = Score(&at, "score_without_micropoints");
        break;
      default:
        at.in.Skip();
    }
  }
  return carrier;
}

CarryingActor ActorIn(Level at) {
  using namespace field::actor_carrier;
  CarryingActor actor;
  while (at.in.Next()) {
    switch (at.in.tag()) {
      case BytesTag(kActor):
        actor.actor = Readable(at.in.Bytes());
        break;
      case VarintTag(kScoreWithout):
        actor.score_without = Score(&at, "score_without_micropoints");
        break;
      default:
        at.in.Skip();
    }
  }
  return actor;
}

CarryingTopic TopicIn(Level at) {
  using namespace field::topic_evidence;
  CarryingTopic topic;
  while (at.in.Next()) {
    switch (at.in.tag()) {
      case BytesTag(kTopic):
        topic.topic = Readable(at.in.Bytes());
        break;
      case VarintTag(kPeople):
        topic.people = at.in.Varint();
        break;
      case VarintTag(kScoreWithout):
        topic.score_without = Score(&at, "score_without_micropoints");
        break;
      default:
        at.in.Skip();
    }
  }
  return topic;
}

// What a leg was told that has not the ledgers.
void NoteUnknown(const Scored& now, const Scored& then, Leg* change) {
  const auto in = [](const Scored& scored, Factor factor) {
    return std::find(scored.unknown.begin(), scored.unknown.end(), factor) !=
           scored.unknown.end();
  };
  for (LegLine& line : change->lines) {
    line.stated_before = !in(now, line.factor);
    line.stated_after = !in(then, line.factor);
  }
}

// ------------------------------------------------------------------- drift

// A repeated number, packed or not.
void ReadCounts(bool packed, const char* name, Level* at,
                std::vector<uint64_t>* counts) {
  constexpr size_t kMost = 128;  // more than any there is
  const auto add = [&](uint64_t count) {
    if (count > static_cast<uint64_t>(kMostPeople)) {
      at->Refuse(name, "has more than 2^35 people");
    } else if (counts->size() < kMost) {
      counts->push_back(count);
    }
  };
  if (!packed) {
    add(at->in.Varint());
    return;
  }
  const std::string_view bytes = at->in.Bytes();
  const char* from = bytes.data();
  const char* end = from + bytes.size();
  while (from != end) add(protozero::decode_varint(&from, end));
}

uint64_t SumOf(const std::vector<uint64_t>& counts) {
  uint64_t sum = 0;
  for (const uint64_t count : counts) sum += count;
  return sum;
}

DriftQuantile QuantileIn(Level at) {
  using namespace field::drift_quantile;
  DriftQuantile quantile{};
  while (at.in.Next()) {
    switch (at.in.tag()) {
      case VarintTag(kPermyriad):
        quantile.permyriad =
            static_cast<int32_t>(at.Int("permyriad", 0, 10'000));
        break;
      case VarintTag(kChange):
        quantile.change = ScoreChange(&at, "change_micropoints");
        break;
      default:
        at.in.Skip();
    }
  }
  return quantile;
}

DriftShare ShareIn(Level at) {
  using namespace field::drift_factor;
  DriftShare share{};
  share.factor = Factor{1};
  while (at.in.Next()) {
    switch (at.in.tag()) {
      case VarintTag(kFactor):
        share.factor = at.Kind<Factor>("factor", kFactorCount);
        break;
      case VarintTag(kUp):
        share.up = at.Int("up_micropoints", 0, kMostMoved);
        break;
      case VarintTag(kDown):
        share.down = at.Int("down_micropoints", 0, kMostMoved);
        break;
      case VarintTag(kShare):
        share.share = at.Int("share_micros", 0, kOne);
        break;
      default:
        at.in.Skip();
    }
  }
  return share;
}

FactorChange FactorChangeIn(Level at) {
  using namespace field::drift_factor_change;
  FactorChange change{};
  change.factor = Factor{1};
  while (at.in.Next()) {
    switch (at.in.tag()) {
      case VarintTag(kFactor):
        change.factor = at.Kind<Factor>("factor", kFactorCount);
        break;
      case VarintTag(kBefore):
        change.before = Score(&at, "before_micropoints");
        break;
      case VarintTag(kAfter):
        change.after = Score(&at, "after_micropoints");
        break;
      default:
        at.in.Skip();
    }
  }
  return change;
}

DriftMover MoverIn(Level at) {
  using namespace field::drift_mover;
  DriftMover mover{};
  while (at.in.Next()) {
    switch (at.in.tag()) {
      case BytesTag(kId):
        mover.id = at.Text("id");
        break;
      case VarintTag(kBefore):
        mover.before = Score(&at, "before_micropoints");
        break;
      case VarintTag(kAfter):
        mover.after = Score(&at, "after_micropoints");
        break;
      case BytesTag(kFactors):
        at.Append("factors", kMostLines, FactorChangeIn, &mover.factors);
        break;
      default:
        at.in.Skip();
    }
  }
  Micros sum = 0;
  for (const FactorChange& one : mover.factors) sum += one.after - one.before;
  at.Require(sum == mover.after - mover.before, "factors",
             "do not sum to the change");
  return mover;
}

void CheckFigures(const DriftFigures& figures, Level* at) {
  at->Require(figures.bands.empty() ||
                  (figures.bands.size() == kBandCount * kBandCount &&
                   SumOf(figures.bands) == figures.people),
              "bands", "are not 25 counts that sum to people");
  const uint64_t moved = figures.up + figures.down;
  at->Require(
      figures.beyond <= moved && (moved + figures.unchanged == 0 ||
                                  moved + figures.unchanged == figures.people),
      "people", "is not the sum of unchanged, up and down");
}

DriftFigures FiguresIn(Level at) {
  using namespace field::drift_summary;
  DriftFigures all;
  while (at.in.Next()) {
    switch (at.in.tag()) {
      case VarintTag(kPeople):
        all.people = People(&at, "people");
        break;
      case VarintTag(kRefused):
        all.refused = People(&at, "refused");
        break;
      case VarintTag(kUnchanged):
        all.unchanged = People(&at, "unchanged");
        break;
      case VarintTag(kUp):
        all.up = People(&at, "up");
        break;
      case VarintTag(kDown):
        all.down = People(&at, "down");
        break;
      case VarintTag(kBeyond):
        all.beyond = People(&at, "beyond");
        break;
      case VarintTag(kUpPoints):
        all.up_points = at.Int("up_micropoints", 0, kMostMoved);
        break;
      case VarintTag(kDownPoints):
        all.down_points = at.Int("down_micropoints", 0, kMostMoved);
        break;
      case BytesTag(kQuantiles):
        at.Append("quantiles", kMostQuantiles, QuantileIn, &all.quantiles);
        break;
      case VarintTag(kBands):
      case BytesTag(kBands):
        ReadCounts(at.in.tag() == BytesTag(kBands), "bands", &at, &all.bands);
        break;
      case VarintTag(kSpearman):
        all.spearman = at.Int("spearman_micros", -kOne, kOne);
        break;
      case VarintTag(kKendall):
        all.kendall = at.Int("kendall_micros", -kOne, kOne);
        break;
      case VarintTag(kStability):
        all.stability = at.Int("stability_micros", 0, kFullScore);
        break;
      case BytesTag(kFactors):
        at.Append("factors", kMostLines, ShareIn, &all.factors);
        break;
      case BytesTag(kMovers):
        at.Append("movers", kMostMovers, MoverIn, &all.movers);
        break;
      default:
        at.in.Skip();
    }
  }
  CheckFigures(all, &at);
  return all;
}

DriftSlice SliceIn(Level at) {
  using namespace field::drift_slice;
  DriftSlice slice;
  while (at.in.Next()) {
    switch (at.in.tag()) {
      case BytesTag(kColumn):
        slice.column = at.Text("column");
        break;
      case BytesTag(kValue):
        slice.value = at.Text("value");
        break;
      case VarintTag(kIsNull):
        slice.is_null = at.in.Varint() != 0;
        break;
      case BytesTag(kSummary):
        slice.figures = FiguresIn(at.Inner("summary"));
        break;
      default:
        at.in.Skip();
    }
  }
  return slice;
}

DriftChange DriftChangeIn(Level at) {
  using namespace field::drift_change;
  constexpr Micros kMost = 100 * 100;  // hundredths of a point
  DriftChange change{};
  while (at.in.Next()) {
    switch (at.in.tag()) {
      case VarintTag(kHundredths):
        change.hundredths =
            static_cast<int32_t>(at.Int("hundredths", -kMost, kMost));
        break;
      case VarintTag(kPeople):
        change.people = People(&at, "people");
        break;
      default:
        at.in.Skip();
    }
  }
  return change;
}

void CheckByPoint(const std::vector<uint64_t>& by_point, bool needed,
                  uint64_t people, const char* name, Level* at) {
  at->Require((by_point.empty() && !needed) ||
                  (by_point.size() == kPointBins && SumOf(by_point) == people),
              name, "has not 100 counts that sum to all.people");
}

}  // namespace

Comparison ReadComparison(Level at) {
  using namespace field::compare_response;
  Comparison read;
  Change& change = read.change;
  std::map<uint32_t, std::string> before, after;
  while (at.in.Next()) {
    switch (at.in.tag()) {
      case BytesTag(kId):
        read.id = at.Text("id");
        break;
      case BytesTag(kBefore): {
        const Level side = at.Inner("before");
        read.before = AlgorithmIn(side);
        before = IdentityIn(side);
        break;
      }
      case BytesTag(kAfter): {
        const Level side = at.Inner("after");
        read.after = AlgorithmIn(side);
        after = IdentityIn(side);
        break;
      }
      case VarintTag(kBeforeScore):
        change.before = Score(&at, "before_micropoints");
        break;
      case VarintTag(kBetween):
        change.between = Score(&at, "between_micropoints");
        break;
      case VarintTag(kAfterScore):
        change.after = Score(&at, "after_micropoints");
        break;
      case BytesTag(kInput):
        change.input = LegIn(at.Inner("input"));
        break;
      case BytesTag(kFormula):
        change.formula = LegIn(at.Inner("formula"));
        break;
      case BytesTag(kReasons):
        at.Append("reasons", kMostReasons, ChangeReasonIn, &change.reasons);
        break;
      case VarintTag(kWholePoints):
        change.whole_points = at.Int("whole_points", -100, 100);
        break;
      default:
        at.in.Skip();
    }
  }
  read.identity = Beside(before, after);
  CheckChange(change, &at);
  return read;
}

WhatIfAnswer ReadWhatIfAnswer(Level at) {
  using namespace field::what_if_response;
  WhatIfAnswer answer;
  Scored now, then;
  while (at.in.Next()) {
    switch (at.in.tag()) {
      case BytesTag(kIdentity): {
        const auto identity = IdentityIn(at.Inner("identity"));
        answer.identity = Beside(identity, identity);
        break;
      }
      case BytesTag(kNow):
        now = ResultIn(at.Inner("now"));
        answer.id = now.id;
        answer.now = now.score;
        answer.states_standing = now.states_standing;
        break;
      case BytesTag(kThen):
        then = ResultIn(at.Inner("then"));
        answer.then = then.score;
        break;
      case BytesTag(kChange):
        answer.change = LegIn(at.Inner("change"));
        break;
      case BytesTag(kCurves):
        at.Append("curves", kFactorCount, CurveIn, &answer.curves);
        break;
      case BytesTag(kGoals):
        at.Append("goals", kMostQuestions, GoalIn, &answer.goals);
        break;
      case BytesTag(kCarriers):
        at.Append("carriers", kMaxAccounts, CarrierIn, &answer.carriers);
        break;
      case BytesTag(kActors):
        at.Append("actors", kMaxCarriers, ActorIn, &answer.actors);
        break;
      case BytesTag(kTopics):
        at.Append("topics", kMaxCarriers, TopicIn, &answer.topics);
        break;
      case BytesTag(kNewNetworks): {
        const std::string_view network = at.Text("new_networks");
        if (answer.new_networks.size() < kMaxAccounts) {
          answer.new_networks.push_back(network);
        }
        break;
      }
      default:
        at.in.Skip();
    }
  }
  NoteUnknown(now, then, &answer.change);
  at.Require(
      answer.then.value_or(answer.now) - answer.now == answer.change.change,
      "change", "is not what the scores differ by");
  return answer;
}

DriftResult ReadDriftResult(Level at) {
  using namespace field::drift_report;
  DriftResult drift;
  std::map<uint32_t, std::string> before, after;
  while (at.in.Next()) {
    switch (at.in.tag()) {
      case BytesTag(kBefore): {
        const Level side = at.Inner("before");
        drift.before = AlgorithmIn(side);
        before = IdentityIn(side);
        break;
      }
      case BytesTag(kAfter): {
        const Level side = at.Inner("after");
        drift.after = AlgorithmIn(side);
        after = IdentityIn(side);
        break;
      }
      case BytesTag(kAll):
        drift.all = FiguresIn(at.Inner("all"));
        break;
      case BytesTag(kSlices):
        at.Append("slices", kMostSlices, SliceIn, &drift.slices);
        break;
      case VarintTag(kBeforeByPoint):
      case BytesTag(kBeforeByPoint):
        ReadCounts(at.in.tag() == BytesTag(kBeforeByPoint), "before_by_point",
                   &at, &drift.before_by_point);
        break;
      case VarintTag(kAfterByPoint):
      case BytesTag(kAfterByPoint):
        ReadCounts(at.in.tag() == BytesTag(kAfterByPoint), "after_by_point",
                   &at, &drift.after_by_point);
        break;
      case BytesTag(kChanges):
        at.Append("changes", kMostChanges, DriftChangeIn, &drift.changes);
        break;
      default:
        at.in.Skip();
    }
  }
  drift.identity = Beside(drift.before.empty() ? after : before, after);
  CheckByPoint(drift.before_by_point, false, drift.all.people,
               "before_by_point", &at);
  CheckByPoint(drift.after_by_point, true, drift.all.people, "after_by_point",
               &at);
  return drift;
}

}  // namespace influence
