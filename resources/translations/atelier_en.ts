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
</TS>
