// `influence card`: what an algorithm is, for people who are scored by it.
#include "cli/commands.h"
#include "cli/files.h"
#include "cli/text.h"

namespace influence::cli {

ExitCode RunCard(const CardOptions& options) {
  CheckFiles({options.algorithm.file, options.messages}, {options.output});
  const wire::AlgorithmDescription description =
      ChooseEngine(options.algorithm).Describe();
  wire::RenderRequest request;
  request.set_format(RenderFormatOf(options.format));
  request.set_language(options.language);
  if (!options.messages.empty()) {
    request.set_messages(ReadAll(options.messages));
  }
  request.set_card(description.algorithm().id());
  if (!description.released()) {
    *request.mutable_algorithm() = description.algorithm();
  }
  const std::string page = Render(request.SerializeAsString());
  Output output(options.output);
  output.Write(page);
  output.Finish();
  return kFine;
}

}  // namespace influence::cli
