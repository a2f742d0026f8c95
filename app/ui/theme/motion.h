#pragma once

// What moves in the window: parts that open and news that come. Nothing else does; where a person
// wants it still, and while the engine needs the processor, they are at their places at once.

#include <functional>

class QObject;

namespace ui::theme {

/// Why nothing moves.
enum class Still { wanted = 1, busy = 2 };

void keepStill(Still reason, bool isStill);

/// Milliseconds that a movement of this length takes now.
int durationOf(int milliseconds);

inline constexpr int opening = 140;
inline constexpr int rising = 200;

/// Calls step with 0 at once, then with growing shares up to 1, quick first; only with 1 where
/// nothing moves. The owner's end ends it.
void move(QObject* owner, int milliseconds, const std::function<void(double)>& step);

}  // namespace ui::theme
