#include "cli/read/people/id_ledger.h"

#include <cstddef>
#include <string>

#include "gtest/gtest.h"

namespace influence::cli {
namespace {

std::string Name(size_t i) { return "p" + std::to_string(i); }

// Not the order of the numbers, nor of their names.
size_t Shuffled(size_t i) { return i * 7919 % 10'007; }

TEST(IdLedger, KnowsWhoCameBackAndWhere) {
  IdLedger ledger;
  for (size_t i = 0; i < 10'000; ++i) {
    ASSERT_EQ(ledger.Enter(Name(Shuffled(i)), i + 2), 0u) << i;
  }
  EXPECT_EQ(ledger.Enter(Name(Shuffled(4321)), 20'000), 4323u);
  EXPECT_FALSE(ledger.is_blind());
}

// Whoever came while the ids were in order is remembered as well.
TEST(IdLedger, KnowsWhoCameBeforeTheOrderEnded) {
  for (const size_t back : {0u, 1u, 500u, 998u}) {
    IdLedger ledger;
    for (size_t i = 0; i < 1000; ++i) {
      ASSERT_EQ(ledger.Enter(Name(i), i + 2), 0u);
    }
    EXPECT_EQ(ledger.Enter(Name(back), 5000), back + 2) << back;
  }
  IdLedger ledger;  // with the same id, an order is no order
  EXPECT_EQ(ledger.Enter("a", 2), 0u);
  EXPECT_EQ(ledger.Enter("b", 3), 0u);
  EXPECT_EQ(ledger.Enter("a", 4), 2u);
}

// In order, nobody can come back, and any number is noticed.
TEST(IdLedger, NeedsNoMemoryForIdsInOrder) {
  for (const bool by_length : {false, true}) {
    IdLedger ledger(16);
    for (size_t i = 0; i < 10'000; ++i) {
      const std::string id = by_length ? Name(i) : Name(i + 10'000);
      ASSERT_EQ(ledger.Enter(id, i + 2), 0u);
    }
    EXPECT_FALSE(ledger.is_blind());
  }
}

TEST(IdLedger, SaysWhenItNoLongerKnows) {
  IdLedger ledger(16);
  for (size_t i = 0; i < 12; ++i) {
    ASSERT_EQ(ledger.Enter(Name(Shuffled(i)), i + 2), 0u);
    ASSERT_FALSE(ledger.is_blind());
  }
  EXPECT_EQ(ledger.Enter(Name(Shuffled(12)), 14), 0u);
  EXPECT_TRUE(ledger.is_blind());
  EXPECT_EQ(ledger.Enter(Name(Shuffled(5)), 15), 7u);  // but these it knows

  IdLedger late(16);  // as soon as there is no order
  for (size_t i = 0; i < 100; ++i) ASSERT_EQ(late.Enter(Name(i), i + 2), 0u);
  EXPECT_FALSE(late.is_blind());
  EXPECT_EQ(late.Enter("a", 102), 0u);
  EXPECT_TRUE(late.is_blind());
}

}  // namespace
}  // namespace influence::cli
