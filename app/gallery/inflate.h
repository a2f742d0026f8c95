#pragma once

#include <QByteArray>

namespace gallery {

/// zlib or gzip data, unpacked; empty if it is damaged or grows beyond 16 MiB.
QByteArray inflated(const QByteArray& packed);

}  // namespace gallery
