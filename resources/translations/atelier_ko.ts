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
        <message>
            <source>Generate before the others</source>
            <translation>다른 작업보다 먼저 생성</translation>
        </message>
        <message>
            <source>Skip the picture</source>
            <translation>이 그림 건너뛰기</translation>
        </message>
        <message>
            <source>Suspend the job</source>
            <translation>작업 보류</translation>
        </message>
        <message>
            <source>Pause the queue</source>
            <translation>대기열 일시 정지</translation>
        </message>
        <message>
            <source>Convert from ComfyUI or Compel…</source>
            <translation>ComfyUI 또는 Compel에서 변환…</translation>
        </message>
        <message>
            <source>Keep the prompt as a style…</source>
            <translation>프롬프트를 스타일로 보관…</translation>
        </message>
        <message>
            <source>Keep the settings as a preset…</source>
            <translation>설정을 프리셋으로 보관…</translation>
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
        <message>
            <source>Whose arithmetic and random numbers the picture repeats</source>
            <translation>어느 프로그램의 계산과 난수를 따를지</translation>
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
        <message>
            <source>A file could not be used</source>
            <translation>파일을 쓸 수 없습니다</translation>
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
        <message>
            <source>Start picture</source>
            <translation>시작 그림</translation>
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
        <message>
            <source>Go on with the queue</source>
            <translation>대기열 계속</translation>
        </message>
        <message>
            <source>Pause the queue</source>
            <translation>대기열 일시 정지</translation>
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
        <message>
            <source>Models</source>
            <translation>모델</translation>
        </message>
        <message>
            <source>Look for models again</source>
            <translation>모델 다시 찾기</translation>
        </message>
        <message>
            <source>Add a folder with models…</source>
            <translation>모델 폴더 추가…</translation>
        </message>
        <message>
            <source>Add a folder with models</source>
            <translation>모델 폴더 추가</translation>
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
        <message>
            <source>Suspend</source>
            <translation>보류</translation>
        </message>
        <message>
            <source>Skip</source>
            <translation>건너뛰기</translation>
        </message>
        <message>
            <source>Puts the half-made picture aside, to go on with it later</source>
            <translation>만들던 그림을 보관했다가 나중에 이어서 만듭니다</translation>
        </message>
        <message>
            <source>Goes on with the next picture</source>
            <translation>다음 그림으로 넘어갑니다</translation>
        </message>
    </context>
    <context>
        <name>ui::PromptField</name>
        <message>
            <source>%1 of the %2 tokens that the text encoder reads at once</source>
            <translation>텍스트 인코더가 한 번에 읽는 토큰 %2개 가운데 %1개</translation>
        </message>
        <message numerus="yes">
            <source>%1, and %n more</source>
            <translation>
                <numerusform>%1, 그 밖에 %n개</numerusform>
            </translation>
        </message>
        <message>
            <source>%1 tokens in %2 chunks of %3: %4; nothing is cut off</source>
            <translation>토큰 %1개, %3개씩 %2묶음: %4. 잘리는 것은 없습니다</translation>
        </message>
        <message>
            <source>%1 tokens; diffusers reads %2 of them: the last %3 are cut off</source>
            <translation>토큰 %1개 가운데 diffusers는 %2개를 읽고, 마지막 %3개는 잘립니다</translation>
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
        <message>
            <source>Pause the queue</source>
            <translation>대기열 일시 정지</translation>
        </message>
        <message>
            <source>Go on with it</source>
            <translation>계속하기</translation>
        </message>
        <message>
            <source>Put it aside</source>
            <translation>보류하기</translation>
        </message>
        <message>
            <source>To the front</source>
            <translation>맨 앞으로</translation>
        </message>
        <message>
            <source>To the back</source>
            <translation>맨 뒤로</translation>
        </message>
        <message>
            <source>Queue it once more</source>
            <translation>한 번 더 추가</translation>
        </message>
        <message>
            <source>Recall the settings</source>
            <translation>설정 되살리기</translation>
        </message>
        <message>
            <source>Cancel the job</source>
            <translation>작업 취소</translation>
        </message>
        <message>
            <source>Try again</source>
            <translation>다시 시도</translation>
        </message>
        <message>
            <source>Repeat with a new seed</source>
            <translation>새 시드로 반복</translation>
        </message>
        <message>
            <source>Repeat exactly</source>
            <translation>똑같이 반복</translation>
        </message>
        <message>
            <source>paused</source>
            <translation>일시 정지됨</translation>
        </message>
        <message>
            <source>Go on with the queue</source>
            <translation>대기열 계속</translation>
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
        <message>
            <source>Suspend</source>
            <translation>보류</translation>
        </message>
        <message>
            <source>Skip</source>
            <translation>건너뛰기</translation>
        </message>
        <message>
            <source>Puts the half-made picture aside, to go on with it later</source>
            <translation>만들던 그림을 보관했다가 나중에 이어서 만듭니다</translation>
        </message>
        <message>
            <source>Goes on with the next picture</source>
            <translation>다음 그림으로 넘어갑니다</translation>
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
        <message>
            <source>Type the noise levels</source>
            <translation>노이즈 수준 직접 적기</translation>
        </message>
        <message>
            <source>Noise levels, falling, with commas</source>
            <translation>내려가는 노이즈 수준, 쉼표로 구분</translation>
        </message>
        <message>
            <source>Noise levels (sigmas) from high to low, separated by commas; they take the place of schedule and steps</source>
            <translation>높은 것부터 낮은 것까지 쉼표로 구분한 노이즈 수준(시그마). 스케줄과 단계을 대신합니다</translation>
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
        <message>
            <source>%1, plan %2</source>
            <translation>%1, 계획 %2</translation>
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
            <source>The model's own</source>
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
        <message>
            <source>Choose a start picture for the mask</source>
            <translation>마스크에 쓸 시작 그림을 고르세요</translation>
        </message>
        <message numerus="yes">
            <source>The template stands for more than %n prompts; make it smaller or let one be drawn at random.</source>
            <translation>
                <numerusform>템플릿이 만드는 프롬프트가 %n개를 넘습니다. 템플릿을 줄이거나 하나를 무작위로 뽑으세요.</numerusform>
            </translation>
        </message>
    </context>
    <context>
        <name>fields</name>
        <message>
            <source>Strength</source>
            <translation>강도</translation>
        </message>
        <message>
            <source>How far the picture goes towards that of the variation seed</source>
            <translation>변형 시드의 그림 쪽으로 얼마나 다가갈지</translation>
        </message>
        <message>
            <source>Seed</source>
            <translation>시드</translation>
        </message>
        <message>
            <source>Seed of the noise to vary towards; empty: a new one each time</source>
            <translation>변형에 쓸 노이즈의 시드. 비우면 매번 새로 뽑습니다</translation>
        </message>
        <message>
            <source>From width</source>
            <translation>원래 너비</translation>
        </message>
        <message>
            <source>Takes the noise of a picture this wide, so that another size keeps the motif</source>
            <translation>이 너비의 그림이 쓰는 노이즈를 가져와, 크기가 달라도 주제를 유지합니다</translation>
        </message>
        <message>
            <source>From height</source>
            <translation>원래 높이</translation>
        </message>
        <message>
            <source>Takes the noise of a picture this high</source>
            <translation>이 높이의 그림이 쓰는 노이즈를 가져옵니다</translation>
        </message>
        <message>
            <source>Random numbers</source>
            <translation>난수</translation>
        </message>
        <message>
            <source>Whose random numbers: the processor's, or those that an NVIDIA GPU draws</source>
            <translation>어느 난수를 쓸지: 프로세서의 것 또는 NVIDIA GPU가 뽑는 것</translation>
        </message>
        <message>
            <source>Noise seed +</source>
            <translation>노이즈 시드 +</translation>
        </message>
        <message>
            <source>Added to the seed of the noise within the steps (ENSD)</source>
            <translation>단계 안의 노이즈 시드에 더하는 값(ENSD)</translation>
        </message>
        <message>
            <source>Batch</source>
            <translation>배치</translation>
        </message>
        <message>
            <source>How many pictures ComfyUI or diffusers made at once, to repeat one of them</source>
            <translation>ComfyUI나 diffusers가 한 번에 만든 그림 수. 그중 하나를 다시 만들 때 씁니다</translation>
        </message>
        <message>
            <source>Place in it</source>
            <translation>배치 안 순서</translation>
        </message>
        <message>
            <source>Which picture of that batch to begin with, from 0</source>
            <translation>그 배치의 몇 번째 그림부터인지, 0부터 셉니다</translation>
        </message>
        <message>
            <source>Eta</source>
            <translation>에타</translation>
        </message>
        <message>
            <source>Share of fresh noise in each step</source>
            <translation>각 단계에서 새 노이즈의 비율</translation>
        </message>
        <message>
            <source>Churn</source>
            <translation>추가 노이즈</translation>
        </message>
        <message>
            <source>Noise that is added before a step</source>
            <translation>단계 전에 더하는 노이즈</translation>
        </message>
        <message>
            <source>Churn from</source>
            <translation>추가 하한</translation>
        </message>
        <message>
            <source>Lowest noise level at which noise is added</source>
            <translation>노이즈를 더하는 가장 낮은 노이즈 수준</translation>
        </message>
        <message>
            <source>Churn to</source>
            <translation>추가 상한</translation>
        </message>
        <message>
            <source>Highest noise level at which noise is added; 0: any</source>
            <translation>노이즈를 더하는 가장 높은 노이즈 수준. 0: 제한 없음</translation>
        </message>
        <message>
            <source>Noise factor</source>
            <translation>노이즈 배율</translation>
        </message>
        <message>
            <source>Strength of the noise that is added</source>
            <translation>더하는 노이즈의 세기</translation>
        </message>
        <message>
            <source>Variant</source>
            <translation>변형식</translation>
        </message>
        <message>
            <source>Formula of UniPC</source>
            <translation>UniPC의 식</translation>
        </message>
        <message>
            <source>Spacing</source>
            <translation>간격</translation>
        </message>
        <message>
            <source>How UniPC spaces its steps</source>
            <translation>UniPC가 단계을 나누는 방식</translation>
        </message>
        <message>
            <source>Order</source>
            <translation>차수</translation>
        </message>
        <message>
            <source>Order of UniPC</source>
            <translation>UniPC의 차수</translation>
        </message>
        <message>
            <source>Lower order at the end</source>
            <translation>끝에서 차수 낮추기</translation>
        </message>
        <message>
            <source>UniPC lowers its order in the last steps</source>
            <translation>UniPC가 마지막 단계에서 차수를 낮춥니다</translation>
        </message>
        <message>
            <source>Lowest</source>
            <translation>최저</translation>
        </message>
        <message>
            <source>Lowest noise level (sigma min); 0: the model's</source>
            <translation>가장 낮은 노이즈 수준(sigma min). 0: 모델의 값</translation>
        </message>
        <message>
            <source>Highest</source>
            <translation>최고</translation>
        </message>
        <message>
            <source>Highest noise level (sigma max); 0: the model's</source>
            <translation>가장 높은 노이즈 수준(sigma max). 0: 모델의 값</translation>
        </message>
        <message>
            <source>Rho</source>
            <translation>ρ(로)</translation>
        </message>
        <message>
            <source>How strongly Karras and Polyexponential are bent; 0: their own</source>
            <translation>Karras와 Polyexponential이 휘는 정도. 0: 고유 값</translation>
        </message>
        <message>
            <source>Beta α</source>
            <translation>Beta α</translation>
        </message>
        <message>
            <source>First number of the schedule Beta</source>
            <translation>Beta 스케줄의 첫째 수</translation>
        </message>
        <message>
            <source>Beta β</source>
            <translation>Beta β</translation>
        </message>
        <message>
            <source>Second number of the schedule Beta</source>
            <translation>Beta 스케줄의 둘째 수</translation>
        </message>
        <message>
            <source>Leave out the last but one</source>
            <translation>끝에서 둘째 빼기</translation>
        </message>
        <message>
            <source>The noise level before the last one is left out</source>
            <translation>마지막 바로 앞의 노이즈 수준을 뺍니다</translation>
        </message>
        <message>
            <source>SDXL's own first noise</source>
            <translation>SDXL 고유의 첫 노이즈</translation>
        </message>
        <message>
            <source>Begins with as much noise as SDXL's own code does</source>
            <translation>SDXL 자체 코드와 같은 양의 노이즈로 시작합니다</translation>
        </message>
        <message>
            <source>Table</source>
            <translation>표</translation>
        </message>
        <message>
            <source>The model's noise levels, or rescaled so that they end in pure noise</source>
            <translation>모델의 노이즈 수준, 또는 순수한 노이즈로 끝나도록 조정한 것</translation>
        </message>
        <message>
            <source>Rounded to 16 bits</source>
            <translation>16비트로 반올림</translation>
        </message>
        <message>
            <source>Noise levels as A1111 before 1.7 had them</source>
            <translation>1.7 이전 A1111과 같은 노이즈 수준</translation>
        </message>
        <message>
            <source>Prediction</source>
            <translation>예측</translation>
        </message>
        <message>
            <source>What the model predicts, where its file says nothing or the wrong thing</source>
            <translation>모델 파일에 없거나 틀리게 적힌 예측 방식</translation>
        </message>
        <message>
            <source>Family</source>
            <translation>계열</translation>
        </message>
        <message>
            <source>What the model is, where its file is taken for another</source>
            <translation>파일이 다른 계열로 읽힐 때 정하는 모델의 계열</translation>
        </message>
        <message>
            <source>From</source>
            <translation>시작</translation>
        </message>
        <message>
            <source>Share of the steps before which the prompt alone counts</source>
            <translation>이 비율의 단계 전까지는 프롬프트만 적용됩니다</translation>
        </message>
        <message>
            <source>To</source>
            <translation>끝</translation>
        </message>
        <message>
            <source>Share of the steps after which the prompt alone counts</source>
            <translation>이 비율의 단계 뒤로는 프롬프트만 적용됩니다</translation>
        </message>
        <message>
            <source>Skip early</source>
            <translation>초반 생략</translation>
        </message>
        <message>
            <source>Share of the first steps without guidance, as A1111 counts it</source>
            <translation>A1111 방식으로 센, 가이던스 없는 초반 단계의 비율</translation>
        </message>
        <message>
            <source>Skip below</source>
            <translation>이하 생략</translation>
        </message>
        <message>
            <source>Noise level below which every other step goes without guidance (NGMS)</source>
            <translation>이 노이즈 수준 아래에서는 한 단계 걸러 가이던스를 생략합니다(NGMS)</translation>
        </message>
        <message>
            <source>Skip every step below</source>
            <translation>이하 모든 단계 생략</translation>
        </message>
        <message>
            <source>Below that level every step goes without guidance</source>
            <translation>그 수준 아래에서는 모든 단계에서 가이던스를 생략합니다</translation>
        </message>
        <message>
            <source>Weights</source>
            <translation>가중치</translation>
        </message>
        <message>
            <source>What weights in a prompt do</source>
            <translation>프롬프트의 가중치를 적용하는 방식</translation>
        </message>
        <message>
            <source># begins a comment</source>
            <translation>#부터 주석</translation>
        </message>
        <message>
            <source>What follows a # in a line is not read by the model</source>
            <translation>줄에서 # 뒤의 글은 모델이 읽지 않습니다</translation>
        </message>
        <message>
            <source>Old [from:to:when]</source>
            <translation>옛 [from:to:when]</translation>
        </message>
        <message>
            <source>Counts steps as A1111 before 1.6 did</source>
            <translation>1.6 이전 A1111처럼 단계를 셉니다</translation>
        </message>
        <message>
            <source>Equal lengths</source>
            <translation>길이 맞추기</translation>
        </message>
        <message>
            <source>The shorter prompt is filled up to the longer one (A1111's “Pad conds”)</source>
            <translation>짧은 프롬프트를 긴 쪽에 맞춰 채웁니다(A1111의 “Pad conds”)</translation>
        </message>
        <message>
            <source>Equal lengths, old way</source>
            <translation>길이 맞추기(옛 방식)</translation>
        </message>
        <message>
            <source>The same as A1111 before 1.6 did it with DDIM and PLMS</source>
            <translation>1.6 이전 A1111이 DDIM과 PLMS에서 하던 방식입니다</translation>
        </message>
        <message>
            <source>Second prompt</source>
            <translation>둘째 프롬프트</translation>
        </message>
        <message>
            <source>For SDXL's second text encoder; empty: the same</source>
            <translation>SDXL의 둘째 텍스트 인코더용. 비우면 같은 프롬프트</translation>
        </message>
        <message>
            <source>Second negative</source>
            <translation>둘째 제외</translation>
        </message>
        <message>
            <source>Original width</source>
            <translation>원본 너비</translation>
        </message>
        <message>
            <source>Width of the picture that it should look like; 0: this one's</source>
            <translation>닮아야 할 그림의 너비. 0: 이 그림의 너비</translation>
        </message>
        <message>
            <source>Original height</source>
            <translation>원본 높이</translation>
        </message>
        <message>
            <source>Height of the picture that it should look like; 0: this one's</source>
            <translation>닮아야 할 그림의 높이. 0: 이 그림의 높이</translation>
        </message>
        <message>
            <source>Target width</source>
            <translation>목표 너비</translation>
        </message>
        <message>
            <source>Width that it is made for; 0: this one's</source>
            <translation>목표로 하는 너비. 0: 이 그림의 너비</translation>
        </message>
        <message>
            <source>Target height</source>
            <translation>목표 높이</translation>
        </message>
        <message>
            <source>Height that it is made for; 0: this one's</source>
            <translation>목표로 하는 높이. 0: 이 그림의 높이</translation>
        </message>
        <message>
            <source>Cut off left</source>
            <translation>왼쪽 자름</translation>
        </message>
        <message>
            <source>Pixels cut off on the left</source>
            <translation>왼쪽에서 잘린 픽셀</translation>
        </message>
        <message>
            <source>Cut off above</source>
            <translation>위쪽 자름</translation>
        </message>
        <message>
            <source>Pixels cut off above</source>
            <translation>위에서 잘린 픽셀</translation>
        </message>
        <message>
            <source>Score</source>
            <translation>점수</translation>
        </message>
        <message>
            <source>How good the refiner takes the picture to be</source>
            <translation>리파이너가 그림을 얼마나 좋다고 볼지</translation>
        </message>
        <message>
            <source>Negative score</source>
            <translation>제외 점수</translation>
        </message>
        <message>
            <source>How good the refiner takes what it avoids to be</source>
            <translation>리파이너가 피할 그림을 얼마나 좋다고 볼지</translation>
        </message>
        <message>
            <source>Variation</source>
            <translation>변형</translation>
        </message>
        <message>
            <source>Sampler's knobs</source>
            <translation>샘플러 세부 값</translation>
        </message>
        <message>
            <source>Noise levels</source>
            <translation>노이즈 수준</translation>
        </message>
        <message>
            <source>Guidance</source>
            <translation>가이던스</translation>
        </message>
        <message>
            <source>Reading prompts</source>
            <translation>프롬프트 읽기</translation>
        </message>
        <message>
            <source>SDXL</source>
            <translation>SDXL</translation>
        </message>
        <message>
            <source>Automatic</source>
            <translation>자동</translation>
        </message>
        <message>
            <source>Default</source>
            <translation>기본</translation>
        </message>
        <message>
            <source>Original</source>
            <translation>원래 방식</translation>
        </message>
        <message>
            <source>No norm</source>
            <translation>보정 없음</translation>
        </message>
        <message>
            <source>Ignore</source>
            <translation>무시</translation>
        </message>
        <message>
            <source>None</source>
            <translation>없음</translation>
        </message>
    </context>
    <context>
        <name>plan</name>
        <message>
            <source>%1 of %2 GB</source>
            <translation>%2GB 중 %1</translation>
        </message>
        <message>
            <source>weights in their file's type</source>
            <translation>가중치를 파일 형식 그대로</translation>
        </message>
        <message>
            <source>VAE tiled</source>
            <translation>VAE 나누어 처리</translation>
        </message>
        <message>
            <source>attention sliced</source>
            <translation>어텐션 나누어 처리</translation>
        </message>
        <message>
            <source>weights streamed</source>
            <translation>가중치 순차 적재</translation>
        </message>
        <message>
            <source>one at a time</source>
            <translation>하나씩</translation>
        </message>
        <message>
            <source>Load the model</source>
            <translation>모델 읽기</translation>
        </message>
        <message>
            <source>Read the prompt</source>
            <translation>프롬프트 읽기</translation>
        </message>
        <message>
            <source>Steps</source>
            <translation>단계</translation>
        </message>
        <message>
            <source>Paint</source>
            <translation>그리기</translation>
        </message>
        <message>
            <source>To save memory: %1</source>
            <translation>메모리 절약: %1</translation>
        </message>
        <message>
            <source>It may take %1 GB.</source>
            <translation>%1GB까지 쓸 수 있습니다.</translation>
        </message>
    </context>
    <context>
        <name>ui::ChoicePopup</name>
        <message>
            <source>Search</source>
            <translation>검색</translation>
        </message>
    </context>
    <context>
        <name>ui::DialectDialog</name>
        <message>
            <source>prompts that change while they run, [from:to:when] and [a|b]</source>
            <translation>도중에 바뀌는 프롬프트 [from:to:when], [a|b]</translation>
        </message>
        <message>
            <source>AND</source>
            <translation>AND</translation>
        </message>
        <message>
            <source>BREAK in this place</source>
            <translation>이 자리의 BREAK</translation>
        </message>
        <message>
            <source>.blend()</source>
            <translation>.blend()</translation>
        </message>
        <message>
            <source>weights of .and()</source>
            <translation>.and()의 가중치</translation>
        </message>
        <message>
            <source>Written for</source>
            <translation>원래 형식</translation>
        </message>
        <message>
            <source>Write for</source>
            <translation>바꿀 형식</translation>
        </message>
        <message>
            <source>Before</source>
            <translation>변환 전</translation>
        </message>
        <message>
            <source>After</source>
            <translation>변환 후</translation>
        </message>
        <message>
            <source>Take it over</source>
            <translation>적용</translation>
        </message>
        <message>
            <source>Convert the prompt</source>
            <translation>프롬프트 변환</translation>
        </message>
        <message>
            <source>Cancel</source>
            <translation>취소</translation>
        </message>
        <message>
            <source>%1 has no writing for: %2. Nothing is changed.</source>
            <translation>%1에는 다음 표기가 없습니다: %2. 아무것도 바꾸지 않았습니다.</translation>
        </message>
        <message>
            <source>Both write it the same way.</source>
            <translation>두 형식의 표기가 같습니다.</translation>
        </message>
        <message>
            <source>It means the same; only the writing changes.</source>
            <translation>뜻은 그대로이고 표기만 바뀝니다.</translation>
        </message>
    </context>
    <context>
        <name>ui::ExpansionPreview</name>
        <message>
            <source>Prompts of the template</source>
            <translation>템플릿의 프롬프트</translation>
        </message>
        <message>
            <source>Which prompts</source>
            <translation>어떤 프롬프트</translation>
        </message>
        <message>
            <source>One at random for each picture</source>
            <translation>그림마다 무작위로 하나</translation>
        </message>
        <message>
            <source>Every one</source>
            <translation>모두</translation>
        </message>
        <message>
            <source>Prompts</source>
            <translation>프롬프트</translation>
        </message>
        <message>
            <source>Draw again</source>
            <translation>다시 뽑기</translation>
        </message>
        <message>
            <source>Close</source>
            <translation>닫기</translation>
        </message>
        <message numerus="yes">
            <source>%n prompt(s)</source>
            <translation>
                <numerusform>프롬프트 %n개</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>the first %n prompts</source>
            <translation>
                <numerusform>처음 %n개</numerusform>
            </translation>
        </message>
    </context>
    <context>
        <name>ui::ExpansionRow</name>
        <message>
            <source>Preview…</source>
            <translation>미리 보기…</translation>
        </message>
        <message>
            <source>What becomes of the template</source>
            <translation>템플릿 처리 방식</translation>
        </message>
        <message>
            <source>One at random</source>
            <translation>무작위로 하나</translation>
        </message>
        <message>
            <source>Every one</source>
            <translation>모두</translation>
        </message>
        <message>
            <source>Take it as text</source>
            <translation>글자 그대로</translation>
        </message>
        <message>
            <source>Not readable</source>
            <translation>읽을 수 없음</translation>
        </message>
        <message numerus="yes">
            <source>%n prompt(s)</source>
            <translation>
                <numerusform>프롬프트 %n개</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>more than %n prompts</source>
            <translation>
                <numerusform>%n개가 넘는 프롬프트</numerusform>
            </translation>
        </message>
        <message>
            <source>No list named %1 in %2; it stays as text</source>
            <translation>%2에 이름이 %1인 목록이 없어 글자로 남습니다</translation>
        </message>
    </context>
    <context>
        <name>ui::KnobsPanel</name>
        <message>
            <source>automatic</source>
            <translation>자동</translation>
        </message>
        <message>
            <source>on</source>
            <translation>켬</translation>
        </message>
        <message>
            <source>off</source>
            <translation>끔</translation>
        </message>
    </context>
    <context>
        <name>ui::ModelList</name>
        <message>
            <source>reading…</source>
            <translation>읽는 중…</translation>
        </message>
        <message>
            <source>Atelier Stickers</source>
            <translation>아틀리에 스티커</translation>
        </message>
        <message>
            <source>chosen from elsewhere</source>
            <translation>다른 곳에서 고름</translation>
        </message>
    </context>
    <context>
        <name>ui::PictureChoice</name>
        <message>
            <source>Choose…</source>
            <translation>고르기…</translation>
        </message>
        <message>
            <source>Without: %1</source>
            <translation>%1 없이</translation>
        </message>
        <message>
            <source>Choose: %1</source>
            <translation>%1 고르기</translation>
        </message>
        <message>
            <source>can't be read</source>
            <translation>읽을 수 없음</translation>
        </message>
        <message>
            <source>Pictures (*.png *.jpg *.jpeg *.webp *.avif *.bmp *.tif *.tiff);;All files (*)</source>
            <translation>그림 (*.png *.jpg *.jpeg *.webp *.avif *.bmp *.tif *.tiff);;모든 파일 (*)</translation>
        </message>
        <message>
            <source>none</source>
            <translation>없음</translation>
        </message>
        <message>
            <source>reading…</source>
            <translation>읽는 중…</translation>
        </message>
    </context>
    <context>
        <name>ui::PresetDialog</name>
        <message>
            <source>Keep the settings</source>
            <translation>설정 보관</translation>
        </message>
        <message>
            <source>Name</source>
            <translation>이름</translation>
        </message>
        <message>
            <source>With the prompts</source>
            <translation>프롬프트 포함</translation>
        </message>
        <message>
            <source>With the seed</source>
            <translation>시드 포함</translation>
        </message>
        <message>
            <source>Keep</source>
            <translation>보관</translation>
        </message>
        <message>
            <source>Cancel</source>
            <translation>취소</translation>
        </message>
        <message>
            <source>Give it a name</source>
            <translation>이름을 지어 주세요</translation>
        </message>
        <message>
            <source>Replaces the one with this name</source>
            <translation>같은 이름의 것을 바꿉니다</translation>
        </message>
    </context>
    <context>
        <name>ui::PresetMenu</name>
        <message>
            <source>Presets: keep all settings under a name</source>
            <translation>프리셋: 모든 설정을 이름으로 보관</translation>
        </message>
        <message>
            <source>Presets</source>
            <translation>프리셋</translation>
        </message>
        <message>
            <source>No presets yet</source>
            <translation>아직 프리셋이 없습니다</translation>
        </message>
        <message>
            <source>Keep the settings…</source>
            <translation>설정 보관…</translation>
        </message>
        <message>
            <source>Import a preset…</source>
            <translation>프리셋 가져오기…</translation>
        </message>
        <message>
            <source>Import a preset</source>
            <translation>프리셋 가져오기</translation>
        </message>
        <message>
            <source>Presets (*.json);;All files (*)</source>
            <translation>프리셋 (*.json);;모든 파일 (*)</translation>
        </message>
        <message>
            <source>Save as a file</source>
            <translation>파일로 저장</translation>
        </message>
        <message>
            <source>Remove</source>
            <translation>지우기</translation>
        </message>
        <message>
            <source>Save the preset</source>
            <translation>프리셋 저장</translation>
        </message>
        <message>
            <source>Presets (*.json)</source>
            <translation>프리셋 (*.json)</translation>
        </message>
    </context>
    <context>
        <name>ui::PromptCompleter</name>
        <message>
            <source>Names that complete the prompt</source>
            <translation>프롬프트를 완성하는 이름</translation>
        </message>
    </context>
    <context>
        <name>ui::PromptEdit</name>
        <message>
            <source>Character %1: “%2” has no “%3”</source>
            <translation>%1번째 글자: “%2”에 짝이 되는 “%3”가 없습니다</translation>
        </message>
        <message>
            <source>Character %1: “%2” has no “%3” before it</source>
            <translation>%1번째 글자: “%2” 앞에 “%3”가 없습니다</translation>
        </message>
        <message>
            <source>Character %1: expected a number, found “%2”</source>
            <translation>%1번째 글자: 숫자가 와야 하는데 “%2”가 있습니다</translation>
        </message>
        <message>
            <source>Character %1: “|” stands outside of [ ]</source>
            <translation>%1번째 글자: “|”가 [ ] 밖에 있습니다</translation>
        </message>
    </context>
    <context>
        <name>ui::SigmaPlot</name>
        <message>
            <source>Noise levels</source>
            <translation>노이즈 수준</translation>
        </message>
        <message>
            <source>Noise level at each step (sigma): %1</source>
            <translation>단계마다의 노이즈 수준(시그마): %1</translation>
        </message>
    </context>
    <context>
        <name>ui::StartPanel</name>
        <message>
            <source>Start picture</source>
            <translation>시작 그림</translation>
        </message>
        <message>
            <source>The picture that is changed instead of made from nothing</source>
            <translation>처음부터 만드는 대신 이 그림을 바꿉니다</translation>
        </message>
        <message>
            <source>Mask</source>
            <translation>마스크</translation>
        </message>
        <message>
            <source>A picture of the same size: white is made anew, black stays</source>
            <translation>같은 크기의 그림: 흰 곳은 새로 만들고 검은 곳은 남깁니다</translation>
        </message>
        <message>
            <source>Strength</source>
            <translation>강도</translation>
        </message>
        <message>
            <source>Strength, slider</source>
            <translation>강도, 슬라이더</translation>
        </message>
        <message>
            <source>How much of the start picture may change</source>
            <translation>시작 그림이 얼마나 바뀌어도 되는지</translation>
        </message>
        <message>
            <source>A mask needs a start picture.</source>
            <translation>마스크에는 시작 그림이 필요합니다.</translation>
        </message>
        <message>
            <source>The mask has %1 × %2 pixels, the picture %3 × %4; they must be equal.</source>
            <translation>마스크는 %1 × %2픽셀, 그림은 %3 × %4픽셀입니다. 같아야 합니다.</translation>
        </message>
    </context>
    <context>
        <name>ui::StyleDialog</name>
        <message>
            <source>Prompt</source>
            <translation>프롬프트</translation>
        </message>
        <message>
            <source>Negative prompt</source>
            <translation>제외 프롬프트</translation>
        </message>
        <message>
            <source>Keep</source>
            <translation>보관</translation>
        </message>
        <message>
            <source>Keep a style</source>
            <translation>스타일 보관</translation>
        </message>
        <message>
            <source>Name</source>
            <translation>이름</translation>
        </message>
        <message>
            <source>{prompt} stands for what is typed; without it the words are put behind.</source>
            <translation>{prompt} 자리에 입력한 글이 들어갑니다. 없으면 뒤에 붙습니다.</translation>
        </message>
        <message>
            <source>Cancel</source>
            <translation>취소</translation>
        </message>
        <message>
            <source>Give it a name</source>
            <translation>이름을 지어 주세요</translation>
        </message>
    </context>
    <context>
        <name>ui::StyleModel</name>
        <message>
            <source>No file of styles has it any more</source>
            <translation>이제 어느 스타일 파일에도 없습니다</translation>
        </message>
    </context>
    <context>
        <name>ui::StylePicker</name>
        <message>
            <source>No style</source>
            <translation>스타일 없음</translation>
        </message>
        <message>
            <source>Style: %1</source>
            <translation>스타일: %1</translation>
        </message>
        <message>
            <source>Style: none</source>
            <translation>스타일: 없음</translation>
        </message>
        <message>
            <source>Words that are put around the prompt</source>
            <translation>프롬프트 둘레에 붙는 글</translation>
        </message>
        <message>
            <source>Styles</source>
            <translation>스타일</translation>
        </message>
        <message>
            <source>No styles yet. Keep the prompt as one, or put a styles.csv or a Fooocus list (.json) into %1.</source>
            <translation>아직 스타일이 없습니다. 프롬프트를 스타일로 보관하거나 styles.csv 또는 Fooocus 목록(.json)을 %1에 넣으세요.</translation>
        </message>
        <message>
            <source>Keep the prompt as a style…</source>
            <translation>프롬프트를 스타일로 보관…</translation>
        </message>
        <message>
            <source>Write into the prompt</source>
            <translation>프롬프트에 적기</translation>
        </message>
        <message>
            <source>The styles' words become part of the prompt, to be edited there</source>
            <translation>스타일의 글이 프롬프트에 들어가 고칠 수 있게 됩니다</translation>
        </message>
        <message>
            <source>Choose a style first</source>
            <translation>먼저 스타일을 고르세요</translation>
        </message>
    </context>
    <context>
        <name>ui::WaitingDelegate</name>
        <message>
            <source>Suspended at picture %1 of %2</source>
            <translation>%2장 중 %1번째에서 보류됨</translation>
        </message>
        <message>
            <source>Suspended</source>
            <translation>보류됨</translation>
        </message>
    </context>
</TS>
