#include "app/storage/sqlite.h"

#include "diffusion/error.h"

#include <QTemporaryDir>

#include <gtest/gtest.h>

namespace storage {
namespace {

TEST(Sqlite, migrations_run_once_and_in_order) {
    const QTemporaryDir folder;
    const auto path = folder.filePath("a.sqlite");
    const QStringList first{"CREATE TABLE t (a)", "INSERT INTO t VALUES (1)"};
    for (int start = 0; start < 2; ++start) Sqlite(path).migrate(first);
    Sqlite file(path);
    file.migrate(first + QStringList{"INSERT INTO t VALUES (2)"});
    auto sum = file.run("SELECT count(*), sum(a) FROM t");
    ASSERT_TRUE(sum.next());
    EXPECT_EQ(sum.value(0).toInt(), 2);
    EXPECT_EQ(sum.value(1).toInt(), 3);
    EXPECT_EQ(file.schemaVersion(), 3);
}

TEST(Sqlite, values_are_bound_and_null_text_is_empty_text) {
    Sqlite file(":memory:");
    file.run("CREATE TABLE t (a TEXT NOT NULL)");
    file.run("INSERT INTO t VALUES (?)", {QString()});
    file.run("INSERT INTO t VALUES (?)", {QString("'); DROP TABLE t; --")});
    auto rows = file.run("SELECT count(*) FROM t");
    ASSERT_TRUE(rows.next());
    EXPECT_EQ(rows.value(0).toInt(), 2);
}

TEST(Sqlite, failures_name_the_file) {
    try {
        Sqlite file("/proc/none/a.sqlite");
        FAIL() << "was opened";
    } catch (const diffusion::Error& error) {
        EXPECT_EQ(std::string(error.what()).find("/proc/none/a.sqlite: expected"), 0u)
            << error.what();
    }
    Sqlite file(":memory:");
    EXPECT_THROW(file.run("SELECT nonsense FROM nowhere"), diffusion::Error);
}

}  // namespace
}  // namespace storage
