#include "app/ui/panels/vae_choice.h"

#include "app/ui/panels/advanced_panel.h"

#include <QAction>
#include <QMenu>

#include <gtest/gtest.h>

namespace {

using Request = diffusion::GenerationRequest;

TEST(VaeChoice, NamesTheFileAndGivesTheModelsOwnBack) {
    ui::RequestModel model;
    ui::VaeChoice choice(model);
    const QString own = choice.text();
    EXPECT_FALSE(own.isEmpty());
    model.set(&Request::vae, std::string("/some/folder/taesd_decoder.safetensors"));
    EXPECT_EQ(choice.text(), QStringLiteral("taesd_decoder.safetensors"));
    EXPECT_EQ(choice.toolTip(), QStringLiteral("/some/folder/taesd_decoder.safetensors"));
    auto* first = choice.menu()->actions().constFirst();
    EXPECT_FALSE(first->isChecked());
    first->trigger();
    EXPECT_EQ(model.request().vae, "");
    EXPECT_EQ(choice.text(), own);
    EXPECT_TRUE(first->isChecked());
}

TEST(VaeChoice, StaysAsWideAsThePanelForALongName) {
    ui::RequestModel model;
    ui::VaeChoice choice(model);
    model.set(&Request::vae, std::string(200, 'x') + ".safetensors");
    EXPECT_LT(choice.text().size(), 40);
}

TEST(AdvancedPanel, SaysThatAnotherVaeIsChosen) {
    Request request;
    EXPECT_TRUE(ui::AdvancedPanel::summary(request).isEmpty());
    request.vae = "x.safetensors";
    EXPECT_FALSE(ui::AdvancedPanel::summary(request).isEmpty());
}

}  // namespace
