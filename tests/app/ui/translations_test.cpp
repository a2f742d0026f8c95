#include <QDir>
#include <QFile>
#include <QProcess>
#include <QTemporaryDir>
#include <QTranslator>
#include <QXmlStreamReader>

#include <gtest/gtest.h>

namespace {

const QString sourceFolder = QStringLiteral(ATELIER_SOURCE_DIR);
const QString korean = sourceFolder + QStringLiteral("/resources/translations/atelier_ko.ts");

struct Message {
    QString context;
    QString source;
    QString translation;
    bool isUnfinished = false;
};

QList<Message> readMessages(const QString& path) {
    QFile file(path);
    EXPECT_TRUE(file.open(QIODevice::ReadOnly));
    QXmlStreamReader xml(&file);
    QList<Message> messages;
    QString context;
    Message message;
    while (!xml.atEnd()) {
        if (xml.readNext() == QXmlStreamReader::StartElement) {
            if (xml.name() == QLatin1String("name"))
                context = xml.readElementText();
            else if (xml.name() == QLatin1String("message"))
                message = {context, {}, {}, false};
            else if (xml.name() == QLatin1String("source"))
                message.source = xml.readElementText();
            else if (xml.name() == QLatin1String("translation")) {
                message.isUnfinished = xml.attributes().hasAttribute(QLatin1String("type"));
                message.translation =
                    xml.readElementText(QXmlStreamReader::IncludeChildElements).trimmed();
            }
        } else if (xml.isEndElement() && xml.name() == QLatin1String("message")) {
            messages << message;
        }
    }
    EXPECT_FALSE(xml.hasError()) << qPrintable(xml.errorString());
    return messages;
}

TEST(Translations, KoreanHasEveryStringFinished) {
    const auto messages = readMessages(korean);
    EXPECT_GT(messages.size(), 100);
    for (const auto& message : messages) {
        EXPECT_FALSE(message.isUnfinished) << qPrintable(message.source);
        EXPECT_FALSE(message.translation.isEmpty()) << qPrintable(message.source);
    }
}

TEST(Translations, KoreanKeepsEveryPlaceholder) {
    for (const auto& message : readMessages(korean))
        for (const auto* place : {"%1", "%2", "%3", "%n"})
            EXPECT_EQ(message.source.count(QLatin1String(place)) > 0,
                      message.translation.count(QLatin1String(place)) > 0)
                << qPrintable(message.source);
}

TEST(Translations, TheSourcesHoldNoStringThatKoreanLacks) {
    if (!QFile::exists(QStringLiteral(ATELIER_LUPDATE))) GTEST_SKIP() << "lupdate is not installed";
    QTemporaryDir folder;
    const QString fresh = folder.filePath(QStringLiteral("fresh.ts"));
    ASSERT_EQ(QProcess::execute(QStringLiteral(ATELIER_LUPDATE),
                                {"-silent", "-I", sourceFolder, "-recursive",
                                 sourceFolder + "/app/ui", "-ts", fresh}),
              0);
    QSet<QString> known;
    for (const auto& message : readMessages(korean))
        known << message.context + '\n' + message.source;
    const auto wanted = readMessages(fresh);
    EXPECT_GT(wanted.size(), 100);
    for (const auto& message : wanted)
        EXPECT_TRUE(known.contains(message.context + '\n' + message.source))
            << qPrintable(message.context + QStringLiteral(": ") + message.source);
}

TEST(Translations, TheProgramCarriesThem) {
    QTranslator translator;
    ASSERT_TRUE(translator.load(QStringLiteral(":/translations/atelier_ko.qm")));
    EXPECT_EQ(translator.translate("actions", "Generate"), QStringLiteral("생성"));
    EXPECT_EQ(translator.translate("ui::PlanLine", "about %1"), QStringLiteral("약 %1"));
}

}  // namespace
