#pragma once

#include <memory>

class QGuiApplication;

namespace app {

/// What pictures and measured text need, without a display: an application on the offscreen platform while this lives,
/// unless there is one already.
class HeadlessGui {
public:
    enum class Kind { Pictures, Widgets };
    explicit HeadlessGui(Kind kind = Kind::Pictures);
    ~HeadlessGui();
    HeadlessGui(const HeadlessGui &) = delete;
    HeadlessGui &operator=(const HeadlessGui &) = delete;

private:
    std::unique_ptr<QGuiApplication> m_application;
};

} // namespace app
