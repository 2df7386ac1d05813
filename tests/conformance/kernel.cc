#include "tests/conformance/kernel.h"

#include "cli/conformance/engines.h"
#include "engine/engine.h"

namespace influence::conformance {

bool UseKernel(influence_engine* engine, const std::string& name) {
  // A handle is an engine seen from outside.
  return reinterpret_cast<influence::Engine*>(engine)->UseKernel(name);
}

bool HasKernel(const std::string& name) {
  const Engine engine = ReleasedEngine("v1");
  return UseKernel(engine.handle.get(), name);
}

}  // namespace influence::conformance
