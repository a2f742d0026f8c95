#pragma once

namespace ui::theme {

/// Whether the desktop environment asks for dark windows; dark where it says nothing.
bool isSystemDark();

}  // namespace ui::theme
