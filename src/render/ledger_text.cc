#include "render/ledger_text.h"

#include <utility>

#include "render/page.h"
#include "render/report_pages.h"

namespace influence {

std::string Render(const Algorithm& algorithm, const Profile& profile,
                   const Ledger& ledger, Rendering rendering) {
  if (rendering == Rendering::kNone) return {};
  Page page;
  page.title = TitleOf(algorithm, profile, ledger);
  AddLedger(algorithm, profile, ledger, &page);
  page.sections.front().heading = Say(Message::kNothing);
  return rendering == Rendering::kText ? PageAsText(page, Words())
                                       : PageAsMarkdown(page, Words());
}

}  // namespace influence
