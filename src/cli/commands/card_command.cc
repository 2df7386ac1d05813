// `influence card`: what an algorithm is, for people who are scored by it.
#include <utility>

#include "cli/commands/commands.h"
#include "cli/commands/pages.h"
#include "cli/write/output.h"

namespace influence::cli {

ExitCode RunCard(const CardOptions& options) {
  CheckFiles({options.algorithm.file, options.language.messages},
             {options.output});
  const abi1::AlgorithmDescription description =
      ChooseEngine(options.algorithm).Describe();
  abi1::RenderRequest request;
  request.set_card(description.algorithm().id());
  if (!description.released()) {
    *request.mutable_algorithm() = description.algorithm();
  }
  const std::string page =
      Page(std::move(request), options.format, options.language);
  Output output(options.output);
  output.Write(page);
  output.Finish();
  return kFine;
}

}  // namespace influence::cli
