<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="en">
    <context>
        <name>ui::DoneDelegate</name>
        <message numerus="yes">
            <source>%n picture(s)</source>
            <translation>
                <numerusform>%n picture</numerusform>
                <numerusform>%n pictures</numerusform>
            </translation>
        </message>
    </context>
    <context>
        <name>ui::Filmstrip</name>
        <message numerus="yes">
            <source>%n picture(s)</source>
            <translation>
                <numerusform>%n picture</numerusform>
                <numerusform>%n pictures</numerusform>
            </translation>
        </message>
    </context>
    <context>
        <name>ui::MainWindow</name>
        <message numerus="yes">
            <source>Cancel %n waiting job(s)? The running one goes on.</source>
            <translation>
                <numerusform>Cancel %n waiting job? The running one goes on.</numerusform>
                <numerusform>Cancel %n waiting jobs? The running one goes on.</numerusform>
            </translation>
        </message>
    </context>
    <context>
        <name>ui::PlanLine</name>
        <message numerus="yes">
            <source>%n step(s)</source>
            <translation>
                <numerusform>%n step</numerusform>
                <numerusform>%n steps</numerusform>
            </translation>
        </message>
    </context>
    <context>
        <name>ui::QueueView</name>
        <message numerus="yes">
            <source>%n picture(s)</source>
            <translation>
                <numerusform>%n picture</numerusform>
                <numerusform>%n pictures</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>%n job(s)</source>
            <translation>
                <numerusform>%n job</numerusform>
                <numerusform>%n jobs</numerusform>
            </translation>
        </message>
    </context>
    <context>
        <name>ui::SampleRows</name>
        <message numerus="yes">
            <source>%n prompt(s)</source>
            <translation>
                <numerusform>%n prompt</numerusform>
                <numerusform>%n prompts</numerusform>
            </translation>
        </message>
    </context>
    <context>
        <name>ui::StatusLine</name>
        <message numerus="yes">
            <source>%n core(s)</source>
            <translation>
                <numerusform>%n core</numerusform>
                <numerusform>%n cores</numerusform>
            </translation>
        </message>
    </context>
    <context>
        <name>ui::ExpansionPreview</name>
        <message numerus="yes">
            <source>%n prompt(s)</source>
            <translation>
                <numerusform>%n prompt</numerusform>
                <numerusform>%n prompts</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>the first %n prompts</source>
            <translation>
                <numerusform>the first prompt</numerusform>
                <numerusform>the first %n prompts</numerusform>
            </translation>
        </message>
    </context>
    <context>
        <name>ui::ExpansionRow</name>
        <message numerus="yes">
            <source>%n prompt(s)</source>
            <translation>
                <numerusform>%n prompt</numerusform>
                <numerusform>%n prompts</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>more than %n prompts</source>
            <translation>
                <numerusform>more than %n prompt</numerusform>
                <numerusform>more than %n prompts</numerusform>
            </translation>
        </message>
    </context>
    <context>
        <name>ui::PromptField</name>
        <message numerus="yes">
            <source>%1, and %n more</source>
            <translation>
                <numerusform>%1, and %n more</numerusform>
                <numerusform>%1, and %n more</numerusform>
            </translation>
        </message>
    </context>
    <context>
        <name>ui::Workbench</name>
        <message numerus="yes">
            <source>The template stands for more than %n prompts; make it smaller or let one be drawn at random.</source>
            <translation>
                <numerusform>The template stands for more than %n prompt; make it smaller or let one be drawn at random.</numerusform>
                <numerusform>The template stands for more than %n prompts; make it smaller or let one be drawn at random.</numerusform>
            </translation>
        </message>
    </context>
    <context>
        <name>hardware</name>
        <message numerus="yes">
            <source>%n core(s)</source>
            <translation>
                <numerusform>%n core</numerusform>
                <numerusform>%n cores</numerusform>
            </translation>
        </message>
    </context>
    <context>
        <name>ui::FirstRun</name>
        <message numerus="yes">
            <source>Use one of %n model(s) found here…</source>
            <translation>
                <numerusform>Use %n model found here…</numerusform>
                <numerusform>Use one of %n models found here…</numerusform>
            </translation>
        </message>
    </context>
    <context>
        <name>ui::GenerateButton</name>
        <message numerus="yes">
            <source>Run %n jobs</source>
            <translation>
                <numerusform>Run %n job</numerusform>
                <numerusform>Run %n jobs</numerusform>
            </translation>
        </message>
    </context>
    <context>
        <name>ui::NetworkPage</name>
        <message numerus="yes">
            <source>%n connection(s) of this program are open.</source>
            <translation>
                <numerusform>%n connection of this program is open.</numerusform>
                <numerusform>%n connections of this program are open.</numerusform>
            </translation>
        </message>
    </context>
    <context>
        <name>ui::SettingsCard</name>
        <message numerus="yes">
            <source>%n setting(s) differ</source>
            <translation>
                <numerusform>%n setting differs</numerusform>
                <numerusform>%n settings differ</numerusform>
            </translation>
        </message>
    </context>
    <context>
        <name>marks</name>
        <message numerus="yes">
            <source>%n star(s)</source>
            <translation>
                <numerusform>%n star</numerusform>
                <numerusform>%n stars</numerusform>
            </translation>
        </message>
    </context>
    <context>
        <name>ui::FilterBar</name>
        <message numerus="yes">
            <source>%n picture(s)</source>
            <translation>
                <numerusform>%n picture</numerusform>
                <numerusform>%n pictures</numerusform>
            </translation>
        </message>
    </context>
    <context>
        <name>ui::LibraryView</name>
        <message numerus="yes">
            <source>%n picture(s) copied</source>
            <translation>
                <numerusform>%n picture copied</numerusform>
                <numerusform>%n pictures copied</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>Name, for %n picture(s)</source>
            <translation>
                <numerusform>Name, for %n picture</numerusform>
                <numerusform>Name, for %n pictures</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>%n picture(s) moved to the trash</source>
            <translation>
                <numerusform>%n picture moved to the trash</numerusform>
                <numerusform>%n pictures moved to the trash</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>%n picture(s) back from the trash</source>
            <translation>
                <numerusform>%n picture back from the trash</numerusform>
                <numerusform>%n pictures back from the trash</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>%n picture(s) imported</source>
            <translation>
                <numerusform>%n picture imported</numerusform>
                <numerusform>%n pictures imported</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>No picture matches all %n filter(s).</source>
            <translation>
                <numerusform>No picture matches all %n filter.</numerusform>
                <numerusform>No picture matches all %n filters.</numerusform>
            </translation>
        </message>
    </context>
    <context>
        <name>ui::MarkRow</name>
        <message numerus="yes">
            <source>%n star(s)</source>
            <translation>
                <numerusform>%n star</numerusform>
                <numerusform>%n stars</numerusform>
            </translation>
        </message>
    </context>
    <context>
        <name>ui::PictureInfo</name>
        <message numerus="yes">
            <source>For %n selected picture(s)</source>
            <translation>
                <numerusform>For %n selected picture</numerusform>
                <numerusform>For %n selected pictures</numerusform>
            </translation>
        </message>
    </context>
    <context>
        <name>ui::PictureTiles</name>
        <message numerus="yes">
            <source>%n picture(s) beside each other</source>
            <translation>
                <numerusform>%n picture beside each other</numerusform>
                <numerusform>%n pictures beside each other</numerusform>
            </translation>
        </message>
    </context>
    <context>
        <name>ui::SideRow</name>
        <message numerus="yes">
            <source>%n picture(s)</source>
            <translation>
                <numerusform>%n picture</numerusform>
                <numerusform>%n pictures</numerusform>
            </translation>
        </message>
    </context>
</TS>
