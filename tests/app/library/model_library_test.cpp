#include "app/library/model_library.h"

#include "diffusion/error.h"
#include "tests/support/fake_engine.h"

#include <QDir>
#include <QEventLoop>
#include <QFile>
#include <QTemporaryDir>
#include <QTimer>

#include <atomic>
#include <chrono>
#include <gtest/gtest.h>
#include <thread>

namespace library {
namespace {

using diffusion::Error;
using diffusion::ErrorKind;

/// What the file's text says: "bad" can't be read, "vae" holds one part, all else is a model.
class TextEngine : public test_support::FakeEngine {
public:
    explicit TextEngine(std::atomic<int>& reads) : reads_(reads) {}

    diffusion::ModelInfo inspect(const std::string& model) override {
        ++reads_;
        QFile file(QString::fromStdString(model));
        const auto text = file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
        if (text.startsWith("bad"))
            throw Error(ErrorKind::corrupt_file, model + ": found nonsense.");
        auto info = FakeEngine::inspect(model);
        if (text.startsWith("vae")) info.absent = "UNet, text encoder";
        if (text.startsWith("edit")) info.limit = "reads 8 channels";
        return info;
    }

private:
    std::atomic<int>& reads_;
};

class ModelLibraryTest : public testing::Test {
protected:
    void write(const QString& name, const QByteArray& text = "x") {
        QDir(folder.path()).mkpath(QFileInfo(name).path());
        QFile file(folder.filePath(name));
        ASSERT_TRUE(file.open(QIODevice::WriteOnly));
        file.write(text);
    }

    ModelPlaces places() const { return {{folder.filePath("models")}, {}, false}; }

    /// Runs the event loop until the condition holds; false after ten seconds.
    template <typename Condition>
    bool waitFor(Condition&& condition) {
        const auto end = std::chrono::steady_clock::now() + std::chrono::seconds(10);
        while (!condition() && std::chrono::steady_clock::now() < end) {
            QEventLoop loop;
            QTimer::singleShot(5, &loop, &QEventLoop::quit);
            loop.exec();
        }
        return condition();
    }

    bool lookAndSettle() {
        library.look(places());
        return waitFor([&] { return !library.isReading(); });
    }

    const Model* find(const QString& name) const {
        return library.find(folder.filePath("models/" + name));
    }

    QTemporaryDir folder;
    std::atomic<int> reads{0};
    ModelLibrary library{[this] { return std::make_unique<TextEngine>(reads); },
                         folder.filePath("shipped")};
};

TEST_F(ModelLibraryTest, says_what_each_file_is_and_why_it_can_not_be_used) {
    write("models/b/good.safetensors", "12345");
    write("models/a.vae.pt", "vae");
    write("models/broken.ckpt", "bad");
    write("models/pix.ckpt", "edit");
    ASSERT_TRUE(lookAndSettle());
    ASSERT_EQ(library.models().size(), 5);
    EXPECT_EQ(library.models()[0].path, "");
    EXPECT_EQ(find("b/good.safetensors")->state, ModelState::usable);
    EXPECT_EQ(find("b/good.safetensors")->bytes, 5);
    EXPECT_TRUE(isVae(*find("a.vae.pt")));
    EXPECT_EQ(find("a.vae.pt")->reason, "lacks UNet, text encoder");
    EXPECT_EQ(find("broken.ckpt")->state, ModelState::refused);
    EXPECT_TRUE(find("broken.ckpt")->reason.contains("found nonsense"));
    EXPECT_EQ(find("pix.ckpt")->state, ModelState::refused);
    EXPECT_EQ(find("pix.ckpt")->info.family, "atelier");
    EXPECT_EQ(find("pix.ckpt")->reason, "reads 8 channels");
}

TEST_F(ModelLibraryTest, sees_files_that_come_change_and_go) {
    write("models/a.ckpt", "bad");
    ASSERT_TRUE(lookAndSettle());
    write("models/b.ckpt");
    ASSERT_TRUE(waitFor([&] { return find("b.ckpt") && find("b.ckpt")->state == ModelState::usable; }));
    write("models/a.ckpt", "whole now");
    ASSERT_TRUE(waitFor([&] { return find("a.ckpt")->state == ModelState::usable; }));
    QFile::remove(folder.filePath("models/b.ckpt"));
    EXPECT_TRUE(waitFor([&] { return !find("b.ckpt"); }));
}

TEST_F(ModelLibraryTest, reads_nothing_twice_that_has_not_changed) {
    write("models/a.ckpt");
    ASSERT_TRUE(lookAndSettle());
    const int before = reads;
    int announced = 0;
    QObject::connect(&library, &ModelLibrary::listChanged, &library, [&] { ++announced; });
    ASSERT_TRUE(lookAndSettle());
    EXPECT_EQ(reads, before);
    EXPECT_EQ(announced, 0);
    EXPECT_EQ(find("a.ckpt")->state, ModelState::usable);
}

TEST_F(ModelLibraryTest, hashes_whole_models_while_that_is_on) {
    write("models/a.ckpt");
    write("models/b.vae.pt", "vae");
    ASSERT_TRUE(lookAndSettle());
    EXPECT_EQ(find("a.ckpt")->sha256, "");
    library.setHashing(true);
    ASSERT_TRUE(waitFor([&] { return !find("a.ckpt")->sha256.isEmpty(); }));
    EXPECT_EQ(find("a.ckpt")->sha256.toStdString(), test_support::fake_hash());
    write("models/c.ckpt");
    ASSERT_TRUE(waitFor([&] { return find("c.ckpt") && !find("c.ckpt")->sha256.isEmpty(); }));
    EXPECT_EQ(find("b.vae.pt")->sha256, "");
}

TEST_F(ModelLibraryTest, leaves_every_file_where_it_is) {
    write("models/a.ckpt");
    ASSERT_TRUE(lookAndSettle());
    EXPECT_EQ(QDir(folder.path()).entryList(QDir::AllEntries | QDir::Hidden | QDir::NoDotAndDotDot),
              QStringList("models"));
    EXPECT_EQ(QDir(folder.filePath("models")).entryList(QDir::Files), QStringList("a.ckpt"));
}

TEST(ModelLibraryWithoutEngine, says_why_nothing_is_read) {
    ModelLibrary library(
        []() -> std::unique_ptr<diffusion::Engine> {
            throw Error(ErrorKind::missing_file, "the engine is not there");
        },
        "/nowhere");
    QString said;
    QEventLoop loop;
    QObject::connect(&library, &ModelLibrary::failed, &loop, [&](const QString& message) {
        said = message;
        loop.quit();
    });
    QTimer::singleShot(10000, &loop, &QEventLoop::quit);
    library.look({{}, {}, false});
    loop.exec();
    EXPECT_EQ(said, "the engine is not there");
    EXPECT_EQ(library.models().size(), 1);
}

TEST(ModelNames, of_caches_are_those_that_people_know) {
    EXPECT_EQ(nameOf("/m/cat v1.5.safetensors"), "cat v1.5");
    EXPECT_EQ(nameOf("/hub/models--stabilityai--sdxl-turbo/snapshots/71153311d3dbb46851df1931d3ca6e939"),
              "stabilityai/sdxl-turbo");
}

}  // namespace
}  // namespace library
