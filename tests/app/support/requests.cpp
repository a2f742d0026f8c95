#include "tests/app/support/requests.h"

#include "diffusion/request_fields.h"
#include "tests/support/fake_engine.h"

#include <QCoreApplication>
#include <QElapsedTimer>
#include <QThread>

#include <cmath>
#include <type_traits>

namespace test_support {

diffusion::GenerationRequest unusual_request() {
    diffusion::GenerationRequest request;
    diffusion::visit_request_fields([&](const diffusion::FieldInfo& info, auto member) {
        using Value = std::remove_cvref_t<decltype(request.*member)>;
        const std::string name(info.name);
        if constexpr (std::is_same_v<Value, bool>)
            request.*member = !(request.*member);
        else if constexpr (std::is_same_v<Value, std::string>)
            request.*member = info.choices.empty() ? name + ": \"one\", two \\ 고양이 ✓"
                                                   : std::string(info.choices.back());
        else if constexpr (std::is_integral_v<Value>)
            request.*member = Value(info.range->high - 1);
        else
            request.*member = Value(info.range->low + (info.range->high - info.range->low) / 3);
    });
    return request;
}

diffusion::Result fake_result(const diffusion::GenerationRequest& request) {
    diffusion::Result result;
    result.request = request;
    result.image = fake_picture(request.seed, 24, 16);
    result.model.name = "fake";
    result.model_hash = "0123456789";
    result.seconds = 1.5;
    return result;
}

bool wait_until(const std::function<bool()>& condition) {
    QElapsedTimer timer;
    timer.start();
    while (!condition()) {
        if (timer.elapsed() > 10000) return false;
        QCoreApplication::processEvents(QEventLoop::AllEvents, 20);
        QThread::msleep(1);
    }
    return true;
}

}  // namespace test_support
