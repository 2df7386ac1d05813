#include "tally/id_table.h"

#include <algorithm>
#include <string>
#include <vector>

#include "gtest/gtest.h"

namespace influence {
namespace {

TEST(IdTable, NumbersInTheOrderOfComing) {
  IdTable ids;
  std::vector<std::string> texts = {"", std::string(256, 'x'),
                                    std::string("\0\0", 2), "\xff"};
  for (int i = 0; i < 100'000; ++i) texts.push_back("id" + std::to_string(i));
  for (uint32_t i = 0; i < texts.size(); ++i) {
    ASSERT_EQ(ids.Find(texts[i]), IdTable::kNone);
    ASSERT_EQ(ids.Intern(texts[i]), i);
  }
  for (uint32_t i = 0; i < texts.size(); ++i) {
    ASSERT_EQ(ids.Intern(texts[i]), i);
    ASSERT_EQ(ids.Find(texts[i]), i);
    ASSERT_EQ(ids[i], texts[i]);
  }
  EXPECT_EQ(ids.size(), texts.size());
}

TEST(IdTable, SortsByBytes) {
  // With and without a common beginning, and with ties in eight bytes.
  for (const std::string& prefix : {std::string(), std::string("common/")}) {
    IdTable ids;
    std::vector<std::string> texts;
    for (int i = 0; i < 3'000; ++i) {
      std::string text = prefix + std::to_string(i * 7919 % 3'000);
      if (i % 3 == 0) text += "-with-a-long-and-equal-end";
      if (i % 5 == 0) text += std::string("\0\xff", 2);
      texts.push_back(text);
      ids.Intern(text);
    }
    std::sort(texts.begin(), texts.end());
    texts.erase(std::unique(texts.begin(), texts.end()), texts.end());
    const std::vector<uint32_t> sorted = ids.Sorted();
    ASSERT_EQ(sorted.size(), texts.size());
    for (size_t i = 0; i < sorted.size(); ++i) {
      ASSERT_EQ(ids[sorted[i]], texts[i]);
    }
  }
  EXPECT_TRUE(IdTable().Sorted().empty());
}

}  // namespace
}  // namespace influence
