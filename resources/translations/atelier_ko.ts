<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="ko">
    <context>
        <name>actions</name>
        <message>
            <source>Generate</source>
            <translation>생성</translation>
        </message>
        <message>
            <source>Cancel the job</source>
            <translation>작업 취소</translation>
        </message>
        <message>
            <source>Clear the queue…</source>
            <translation>대기열 비우기…</translation>
        </message>
        <message>
            <source>Go to the prompt</source>
            <translation>프롬프트로 가기</translation>
        </message>
        <message>
            <source>Fit the picture</source>
            <translation>화면에 맞추기</translation>
        </message>
        <message>
            <source>100 %</source>
            <translation>100 %</translation>
        </message>
        <message>
            <source>200 %</source>
            <translation>200 %</translation>
        </message>
        <message>
            <source>400 %</source>
            <translation>400 %</translation>
        </message>
        <message>
            <source>800 %</source>
            <translation>800 %</translation>
        </message>
        <message>
            <source>Recall all settings</source>
            <translation>모든 설정 되살리기</translation>
        </message>
        <message>
            <source>Recall all but the seed</source>
            <translation>시드만 빼고 되살리기</translation>
        </message>
        <message>
            <source>Recall the prompt</source>
            <translation>프롬프트 되살리기</translation>
        </message>
        <message>
            <source>Recall the seed</source>
            <translation>시드 되살리기</translation>
        </message>
        <message>
            <source>Recall the size</source>
            <translation>크기 되살리기</translation>
        </message>
        <message>
            <source>Copy the picture</source>
            <translation>그림 복사</translation>
        </message>
        <message>
            <source>Show in folder</source>
            <translation>폴더에서 보기</translation>
        </message>
        <message>
            <source>Newer picture</source>
            <translation>더 새로운 그림</translation>
        </message>
        <message>
            <source>Older picture</source>
            <translation>더 오래된 그림</translation>
        </message>
        <message>
            <source>First example</source>
            <translation>첫째 예</translation>
        </message>
        <message>
            <source>Second example</source>
            <translation>둘째 예</translation>
        </message>
        <message>
            <source>Third example</source>
            <translation>셋째 예</translation>
        </message>
        <message>
            <source>Fourth example</source>
            <translation>넷째 예</translation>
        </message>
        <message>
            <source>Choose a model file…</source>
            <translation>모델 파일 고르기…</translation>
        </message>
        <message>
            <source>Choose a model folder…</source>
            <translation>모델 폴더 고르기…</translation>
        </message>
        <message>
            <source>Read a picture's settings…</source>
            <translation>그림의 설정 읽기…</translation>
        </message>
        <message>
            <source>Generate panel</source>
            <translation>생성 패널</translation>
        </message>
        <message>
            <source>Queue</source>
            <translation>대기열</translation>
        </message>
        <message>
            <source>Both panels</source>
            <translation>양쪽 패널</translation>
        </message>
        <message>
            <source>Keys…</source>
            <translation>단축키…</translation>
        </message>
        <message>
            <source>Quit</source>
            <translation>끝내기</translation>
        </message>
    </context>
    <context>
        <name>keys</name>
        <message>
            <source>Keys</source>
            <translation>단축키</translation>
        </message>
        <message>
            <source>Single letters act while the picture or the filmstrip has the focus.</source>
            <translation>한 글자 단축키는 그림이나 필름 띠에 초점이 있을 때 작동합니다.</translation>
        </message>
        <message>
            <source>Close</source>
            <translation>닫기</translation>
        </message>
    </context>
    <context>
        <name>pieces</name>
        <message>
            <source>%1 s</source>
            <translation>%1초</translation>
        </message>
        <message>
            <source>%1 min %2 s</source>
            <translation>%1분 %2초</translation>
        </message>
        <message>
            <source>%1 h %2 min</source>
            <translation>%1시간 %2분</translation>
        </message>
    </context>
    <context>
        <name>run</name>
        <message>
            <source>loading the model</source>
            <translation>모델 읽는 중</translation>
        </message>
        <message>
            <source>reading the prompt</source>
            <translation>프롬프트 읽는 중</translation>
        </message>
        <message>
            <source>painting</source>
            <translation>그리는 중</translation>
        </message>
        <message>
            <source>saving</source>
            <translation>저장하는 중</translation>
        </message>
        <message>
            <source>step %1 of %2</source>
            <translation>%1 / %2단계</translation>
        </message>
        <message>
            <source>Picture %1 of %2</source>
            <translation>그림 %1 / %2</translation>
        </message>
        <message>
            <source>%1 left</source>
            <translation>%1 남음</translation>
        </message>
        <message>
            <source>Pictures %1 of %2</source>
            <translation>그림 %1 / %2</translation>
        </message>
    </context>
    <context>
        <name>ui::AdvancedPanel</name>
        <message>
            <source>Compatibility</source>
            <translation>호환 규칙</translation>
        </message>
        <message>
            <source>Whose rules for timesteps the picture follows</source>
            <translation>어느 프로그램의 시간 단계 규칙을 따를지 정합니다</translation>
        </message>
        <message>
            <source>Clip skip</source>
            <translation>CLIP 건너뛰기</translation>
        </message>
        <message>
            <source>Clip skip, slider</source>
            <translation>CLIP 건너뛰기 슬라이더</translation>
        </message>
        <message>
            <source>Rescale</source>
            <translation>재조정</translation>
        </message>
        <message>
            <source>CFG rescale, slider</source>
            <translation>CFG 재조정 슬라이더</translation>
        </message>
        <message>
            <source>CFG rescale</source>
            <translation>CFG 재조정</translation>
        </message>
        <message>
            <source>Follows</source>
            <translation>따를 규칙</translation>
        </message>
        <message>
            <source>skip %1</source>
            <translation>건너뛰기 %1</translation>
        </message>
        <message>
            <source>rescale %1</source>
            <translation>재조정 %1</translation>
        </message>
        <message>
            <source>VAE</source>
            <translation>VAE</translation>
        </message>
        <message>
            <source>other VAE</source>
            <translation>다른 VAE</translation>
        </message>
    </context>
    <context>
        <name>ui::CountBox</name>
        <message>
            <source>Number of pictures</source>
            <translation>그림 수</translation>
        </message>
    </context>
    <context>
        <name>ui::DoneDelegate</name>
        <message>
            <source>cancelled</source>
            <translation>취소됨</translation>
        </message>
        <message numerus="yes">
            <source>%n picture(s)</source>
            <translation>
                <numerusform>그림 %n장</numerusform>
            </translation>
        </message>
    </context>
    <context>
        <name>ui::DropCard</name>
        <message>
            <source>Drop a picture here</source>
            <translation>그림을 여기에 놓으세요</translation>
        </message>
        <message>
            <source>to read the settings it was made with</source>
            <translation>그림을 만든 설정을 읽습니다</translation>
        </message>
    </context>
    <context>
        <name>ui::ErrorBanner</name>
        <message>
            <source>The picture could not be made</source>
            <translation>그림을 만들지 못했습니다</translation>
        </message>
        <message>
            <source>The engine did not start</source>
            <translation>엔진이 시작되지 않았습니다</translation>
        </message>
        <message>
            <source>The settings could not be written</source>
            <translation>설정을 저장하지 못했습니다</translation>
        </message>
        <message>
            <source>Try again</source>
            <translation>다시 시도</translation>
        </message>
        <message>
            <source>Error</source>
            <translation>오류</translation>
        </message>
        <message>
            <source>Copy details</source>
            <translation>내용 복사</translation>
        </message>
        <message>
            <source>Close</source>
            <translation>닫기</translation>
        </message>
        <message>
            <source>The request was not taken</source>
            <translation>요청을 받지 못했습니다</translation>
        </message>
        <message>
            <source>This model can't be used</source>
            <translation>이 모델은 쓸 수 없습니다</translation>
        </message>
        <message>
            <source>No settings were read</source>
            <translation>설정을 읽지 못했습니다</translation>
        </message>
    </context>
    <context>
        <name>ui::ExampleCard</name>
        <message>
            <source>Example: %1</source>
            <translation>예: %1</translation>
        </message>
    </context>
    <context>
        <name>ui::Filmstrip</name>
        <message>
            <source>No pictures yet. What you make appears here.</source>
            <translation>아직 그림이 없습니다. 만든 그림이 여기에 나타납니다.</translation>
        </message>
        <message>
            <source>Pictures</source>
            <translation>그림</translation>
        </message>
        <message>
            <source>Newest first</source>
            <translation>최신순</translation>
        </message>
        <message>
            <source>Pictures, newest first</source>
            <translation>그림, 최신순</translation>
        </message>
        <message numerus="yes">
            <source>%n picture(s)</source>
            <translation>
                <numerusform>그림 %n장</numerusform>
            </translation>
        </message>
    </context>
    <context>
        <name>ui::FirstRun</name>
        <message>
            <source>Describe a picture, then press Ctrl + Enter</source>
            <translation>그림을 글로 적고 Ctrl + Enter를 누르세요</translation>
        </message>
        <message>
            <source>The model is on this computer and ready. Nothing you type or make leaves it.</source>
            <translation>모델은 이 컴퓨터에 준비되어 있습니다. 입력하고 만든 것은 밖으로 나가지 않습니다.</translation>
        </message>
        <message>
            <source>Or start from one of these</source>
            <translation>또는 이 가운데 하나로 시작하세요</translation>
        </message>
        <message>
            <source>Use a model I already have…</source>
            <translation>가지고 있는 모델 쓰기…</translation>
        </message>
        <message>
            <source>한국어로 바꾸기</source>
            <comment>switches the interface to the other language</comment>
            <translation>Switch to English</translation>
        </message>
    </context>
    <context>
        <name>ui::GeneratePanel</name>
        <message>
            <source>Prompt</source>
            <translation>프롬프트</translation>
        </message>
        <message>
            <source>Describe a picture…</source>
            <translation>그림을 글로 적으세요…</translation>
        </message>
        <message>
            <source>Negative prompt</source>
            <translation>제외 프롬프트</translation>
        </message>
        <message>
            <source>Sampling</source>
            <translation>샘플링</translation>
        </message>
        <message>
            <source>Advanced</source>
            <translation>고급</translation>
        </message>
    </context>
    <context>
        <name>ui::LetterBox</name>
        <message>
            <source>native</source>
            <translation>기본</translation>
        </message>
    </context>
    <context>
        <name>ui::MainWindow</name>
        <message>
            <source>Generate panel</source>
            <translation>생성 패널</translation>
        </message>
        <message>
            <source>Queue</source>
            <translation>대기열</translation>
        </message>
        <message>
            <source>Filmstrip</source>
            <translation>필름 띠</translation>
        </message>
        <message>
            <source>View</source>
            <translation>보기</translation>
        </message>
        <message>
            <source>Theme</source>
            <translation>테마</translation>
        </message>
        <message>
            <source>Dark</source>
            <translation>어둡게</translation>
        </message>
        <message>
            <source>Light</source>
            <translation>밝게</translation>
        </message>
        <message>
            <source>As the system</source>
            <translation>시스템 설정대로</translation>
        </message>
        <message>
            <source>Language</source>
            <translation>언어</translation>
        </message>
        <message>
            <source>Clear the queue</source>
            <translation>대기열 비우기</translation>
        </message>
        <message numerus="yes">
            <source>Cancel %n waiting job(s)? The running one goes on.</source>
            <translation>
                <numerusform>기다리는 작업 %n개를 취소할까요? 실행 중인 작업은 계속됩니다.</numerusform>
            </translation>
        </message>
        <message>
            <source>Keep it</source>
            <translation>그대로 두기</translation>
        </message>
        <message>
            <source>Read the settings of a picture</source>
            <translation>그림의 설정 읽기</translation>
        </message>
        <message>
            <source>Pictures (*.png);;All files (*)</source>
            <translation>그림 (*.png);;모든 파일 (*)</translation>
        </message>
    </context>
    <context>
        <name>ui::MakingCell</name>
        <message>
            <source>Picture in the making</source>
            <translation>만들고 있는 그림</translation>
        </message>
    </context>
    <context>
        <name>ui::ModelCard</name>
        <message>
            <source>Model: %1</source>
            <translation>모델: %1</translation>
        </message>
        <message>
            <source>Model: choose another or drop a file here</source>
            <translation>모델: 다른 모델을 고르거나 파일을 여기에 놓으세요</translation>
        </message>
        <message>
            <source>Atelier Stickers</source>
            <translation>아틀리에 스티커</translation>
        </message>
        <message>
            <source>Ships with Atelier</source>
            <translation>Atelier에 포함</translation>
        </message>
        <message>
            <source>%1 parameters</source>
            <translation>매개변수 %1</translation>
        </message>
        <message>
            <source>engine starts…</source>
            <translation>엔진 시작 중…</translation>
        </message>
        <message>
            <source>reading…</source>
            <translation>읽는 중…</translation>
        </message>
        <message>
            <source>can't be used</source>
            <translation>쓸 수 없음</translation>
        </message>
        <message>
            <source>Choose a file…</source>
            <translation>파일 고르기…</translation>
        </message>
        <message>
            <source>Choose a folder…</source>
            <translation>폴더 고르기…</translation>
        </message>
        <message>
            <source>Choose a model file</source>
            <translation>모델 파일 고르기</translation>
        </message>
        <message>
            <source>Model files (*.safetensors *.ckpt *.pt *.gguf);;All files (*)</source>
            <translation>모델 파일 (*.safetensors *.ckpt *.pt *.gguf);;모든 파일 (*)</translation>
        </message>
        <message>
            <source>Choose a model folder</source>
            <translation>모델 폴더 고르기</translation>
        </message>
    </context>
    <context>
        <name>ui::PictureView</name>
        <message>
            <source>Picture</source>
            <translation>그림</translation>
        </message>
    </context>
    <context>
        <name>ui::PlanLine</name>
        <message>
            <source>The engine starts; jobs wait for it</source>
            <translation>엔진을 시작하는 중입니다. 작업은 기다렸다가 실행됩니다</translation>
        </message>
        <message>
            <source>about %1</source>
            <translation>약 %1</translation>
        </message>
        <message numerus="yes">
            <source>%n step(s)</source>
            <translation>
                <numerusform>%n단계</numerusform>
            </translation>
        </message>
    </context>
    <context>
        <name>ui::ProgressStrip</name>
        <message>
            <source>Cancel</source>
            <translation>취소</translation>
        </message>
        <message>
            <source>Recall settings</source>
            <translation>설정 되살리기</translation>
        </message>
        <message>
            <source>Progress</source>
            <translation>진행</translation>
        </message>
        <message>
            <source>Stops within one step</source>
            <translation>한 단계 안에 멈춥니다</translation>
        </message>
        <message>
            <source>Brings this picture's settings back into the panel</source>
            <translation>이 그림의 설정을 패널로 되돌립니다</translation>
        </message>
        <message>
            <source>%1 steps</source>
            <translation>%1단계</translation>
        </message>
        <message>
            <source>seed %1</source>
            <translation>시드 %1</translation>
        </message>
        <message>
            <source>%1 s</source>
            <translation>%1초</translation>
        </message>
    </context>
    <context>
        <name>ui::PromptField</name>
        <message>
            <source>%1 of the %2 tokens that the text encoder reads at once</source>
            <translation>텍스트 인코더가 한 번에 읽는 토큰 %2개 가운데 %1개</translation>
        </message>
        <message>
            <source>%1 tokens, read in %2 chunks of %3; nothing is cut off</source>
            <translation>토큰 %1개를 %3개씩 %2번에 나눠 읽습니다. 잘리는 것은 없습니다</translation>
        </message>
    </context>
    <context>
        <name>ui::QueueView</name>
        <message numerus="yes">
            <source>%n picture(s)</source>
            <translation>
                <numerusform>그림 %n장</numerusform>
            </translation>
        </message>
        <message>
            <source>Nothing is waiting. Ctrl + Enter adds the next picture.</source>
            <translation>대기 중인 작업이 없습니다. Ctrl + Enter로 다음 그림을 추가하세요.</translation>
        </message>
        <message>
            <source>Waiting jobs</source>
            <translation>기다리는 작업</translation>
        </message>
        <message>
            <source>Finished jobs</source>
            <translation>끝난 작업</translation>
        </message>
        <message>
            <source>Queue</source>
            <translation>대기열</translation>
        </message>
        <message>
            <source>Done</source>
            <translation>완료</translation>
        </message>
        <message numerus="yes">
            <source>%n job(s)</source>
            <translation>
                <numerusform>작업 %n개</numerusform>
            </translation>
        </message>
    </context>
    <context>
        <name>ui::RunningCard</name>
        <message>
            <source>Cancel</source>
            <translation>취소</translation>
        </message>
        <message>
            <source>Running job</source>
            <translation>실행 중인 작업</translation>
        </message>
        <message>
            <source>Stops within one step</source>
            <translation>한 단계 안에 멈춥니다</translation>
        </message>
    </context>
    <context>
        <name>ui::SamplingPanel</name>
        <message>
            <source>Sampler</source>
            <translation>샘플러</translation>
        </message>
        <message>
            <source>Scheduler</source>
            <translation>스케줄러</translation>
        </message>
        <message>
            <source>Steps</source>
            <translation>단계</translation>
        </message>
        <message>
            <source>Steps, slider</source>
            <translation>단계 슬라이더</translation>
        </message>
        <message>
            <source>CFG</source>
            <translation>CFG</translation>
        </message>
        <message>
            <source>CFG, slider</source>
            <translation>CFG 슬라이더</translation>
        </message>
        <message>
            <source>Seed</source>
            <translation>시드</translation>
        </message>
    </context>
    <context>
        <name>ui::SeedRow</name>
        <message>
            <source>Draw a new seed and keep it</source>
            <translation>새 시드를 뽑아 고정하기</translation>
        </message>
        <message>
            <source>Keep the seed</source>
            <translation>시드 고정</translation>
        </message>
        <message>
            <source>Seed</source>
            <translation>시드</translation>
        </message>
        <message>
            <source>new each time</source>
            <translation>매번 새로</translation>
        </message>
        <message>
            <source>The seed is kept; press for a new one each time</source>
            <translation>시드가 고정되어 있습니다. 누르면 매번 새로 뽑습니다</translation>
        </message>
        <message>
            <source>Every picture gets a new seed; press to keep the last one</source>
            <translation>매번 새 시드를 씁니다. 누르면 마지막 시드를 고정합니다</translation>
        </message>
    </context>
    <context>
        <name>ui::SizePanel</name>
        <message>
            <source>W</source>
            <translation>너비</translation>
        </message>
        <message>
            <source>Width in pixels</source>
            <translation>너비(픽셀)</translation>
        </message>
        <message>
            <source>H</source>
            <translation>높이</translation>
        </message>
        <message>
            <source>Height in pixels</source>
            <translation>높이(픽셀)</translation>
        </message>
        <message>
            <source>Keep the shape</source>
            <translation>비율 유지</translation>
        </message>
        <message>
            <source>Swap width and height</source>
            <translation>너비와 높이 바꾸기</translation>
        </message>
        <message>
            <source>Size</source>
            <translation>크기</translation>
        </message>
        <message>
            <source>Shape %1</source>
            <translation>비율 %1</translation>
        </message>
        <message>
            <source>native size</source>
            <translation>모델 기본 크기</translation>
        </message>
        <message>
            <source>native: %1 × %2</source>
            <translation>기본: %1 × %2</translation>
        </message>
    </context>
    <context>
        <name>ui::Stage</name>
        <message>
            <source>Zoom</source>
            <translation>배율</translation>
        </message>
        <message>
            <source>Fit the picture</source>
            <translation>화면에 맞추기</translation>
        </message>
        <message>
            <source>Live preview</source>
            <translation>실시간 미리보기</translation>
        </message>
        <message>
            <source>%1 was moved or can't be read</source>
            <translation>%1: 파일이 옮겨졌거나 읽을 수 없습니다</translation>
        </message>
    </context>
    <context>
        <name>ui::StatusLine</name>
        <message numerus="yes">
            <source>%n core(s)</source>
            <translation>
                <numerusform>코어 %n개</numerusform>
            </translation>
        </message>
        <message>
            <source>Automatic device</source>
            <translation>장치 자동</translation>
        </message>
        <message>
            <source>Offline</source>
            <translation>오프라인</translation>
        </message>
        <message>
            <source>No network call was made since the start.</source>
            <translation>시작한 뒤 네트워크 연결이 한 번도 없었습니다.</translation>
        </message>
        <message>
            <source>engine starts…</source>
            <translation>엔진 시작 중…</translation>
        </message>
        <message>
            <source>no engine</source>
            <translation>엔진 없음</translation>
        </message>
        <message>
            <source>engine ready</source>
            <translation>엔진 준비됨</translation>
        </message>
        <message>
            <source>Atelier Stickers</source>
            <translation>아틀리에 스티커</translation>
        </message>
        <message>
            <source>%1 of %2 GB</source>
            <translation>%1 / %2 GB</translation>
        </message>
    </context>
    <context>
        <name>ui::TopBar</name>
        <message>
            <source>Menu</source>
            <translation>메뉴</translation>
        </message>
        <message>
            <source>Dark or light</source>
            <translation>어둡게 또는 밝게</translation>
        </message>
        <message>
            <source>한국어로 바꾸기</source>
            <comment>switches the interface to the other language</comment>
            <translation>Switch to English</translation>
        </message>
        <message>
            <source>Keys</source>
            <translation>단축키</translation>
        </message>
    </context>
    <context>
        <name>ui::VaeChoice</name>
        <message>
            <source>VAE</source>
            <translation>VAE</translation>
        </message>
        <message>
            <source>The model&apos;s own</source>
            <translation>모델에 든 것</translation>
        </message>
        <message>
            <source>Choose a file…</source>
            <translation>파일 고르기…</translation>
        </message>
        <message>
            <source>Choose a folder…</source>
            <translation>폴더 고르기…</translation>
        </message>
        <message>
            <source>The autoencoder that turns latents into pictures</source>
            <translation>잠재값을 그림으로 바꾸는 오토인코더입니다</translation>
        </message>
        <message>
            <source>Choose a VAE or TAESD</source>
            <translation>VAE 또는 TAESD 고르기</translation>
        </message>
        <message>
            <source>Model files (*.safetensors *.ckpt *.pt *.pth *.bin);;All files (*)</source>
            <translation>모델 파일 (*.safetensors *.ckpt *.pt *.pth *.bin);;모든 파일 (*)</translation>
        </message>
        <message>
            <source>Choose a VAE folder</source>
            <translation>VAE 폴더 고르기</translation>
        </message>
    </context>
    <context>
        <name>ui::Workbench</name>
        <message>
            <source>The engine did not start</source>
            <translation>엔진이 시작되지 않았습니다</translation>
        </message>
        <message>
            <source>Type a prompt to start</source>
            <translation>프롬프트를 입력하면 시작할 수 있습니다</translation>
        </message>
        <message>
            <source>Choose a model that can be read</source>
            <translation>읽을 수 있는 모델을 고르세요</translation>
        </message>
        <message>
            <source>%1: expected a PNG with the settings it was made with, found none.</source>
            <translation>%1: 만든 설정이 담긴 PNG가 필요하지만 설정이 없습니다.</translation>
        </message>
    </context>
</TS>
