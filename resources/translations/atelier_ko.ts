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
        <message>
            <source>Fit or 100 %</source>
            <translation>맞춤 또는 100 %</translation>
        </message>
        <message>
            <source>Compare with a slider</source>
            <translation>슬라이더로 비교</translation>
        </message>
        <message>
            <source>Compare side by side</source>
            <translation>나란히 비교</translation>
        </message>
        <message>
            <source>Compare under the pointer</source>
            <translation>포인터 아래에서 비교</translation>
        </message>
        <message>
            <source>Compare others with this one</source>
            <translation>다른 그림을 이 그림과 비교</translation>
        </message>
        <message>
            <source>Settings of the picture</source>
            <translation>그림의 설정</translation>
        </message>
        <message>
            <source>Save a copy…</source>
            <translation>사본 저장…</translation>
        </message>
        <message>
            <source>Settings…</source>
            <translation>설정…</translation>
        </message>
        <message>
            <source>Generate workspace</source>
            <translation>생성 작업 공간</translation>
        </message>
        <message>
            <source>Library</source>
            <translation>라이브러리</translation>
        </message>
        <message>
            <source>Grid</source>
            <translation>격자</translation>
        </message>
        <message>
            <source>Loupe</source>
            <translation>확대 보기</translation>
        </message>
        <message>
            <source>Compare two</source>
            <translation>둘 비교</translation>
        </message>
        <message>
            <source>Survey</source>
            <translation>모아 보기</translation>
        </message>
        <message>
            <source>Information</source>
            <translation>정보</translation>
        </message>
        <message>
            <source>Search the library</source>
            <translation>라이브러리 검색</translation>
        </message>
        <message>
            <source>Open in the viewer</source>
            <translation>뷰어에서 열기</translation>
        </message>
        <message>
            <source>Pick</source>
            <translation>선택 표시</translation>
        </message>
        <message>
            <source>Reject</source>
            <translation>제외 표시</translation>
        </message>
        <message>
            <source>Remove the flag</source>
            <translation>깃발 지우기</translation>
        </message>
        <message>
            <source>No stars</source>
            <translation>별 없음</translation>
        </message>
        <message>
            <source>1 star</source>
            <translation>별 1개</translation>
        </message>
        <message>
            <source>2 stars</source>
            <translation>별 2개</translation>
        </message>
        <message>
            <source>3 stars</source>
            <translation>별 3개</translation>
        </message>
        <message>
            <source>4 stars</source>
            <translation>별 4개</translation>
        </message>
        <message>
            <source>5 stars</source>
            <translation>별 5개</translation>
        </message>
        <message>
            <source>Red label</source>
            <translation>빨강 라벨</translation>
        </message>
        <message>
            <source>Yellow label</source>
            <translation>노랑 라벨</translation>
        </message>
        <message>
            <source>Green label</source>
            <translation>초록 라벨</translation>
        </message>
        <message>
            <source>Blue label</source>
            <translation>파랑 라벨</translation>
        </message>
        <message>
            <source>Reproduction report…</source>
            <translation>재현 보고서…</translation>
        </message>
        <message>
            <source>Select all</source>
            <translation>모두 선택</translation>
        </message>
        <message>
            <source>Move to the trash</source>
            <translation>휴지통으로 옮기기</translation>
        </message>
        <message>
            <source>Take out of the trash</source>
            <translation>휴지통에서 꺼내기</translation>
        </message>
        <message>
            <source>Undo</source>
            <translation>실행 취소</translation>
        </message>
        <message>
            <source>Redo</source>
            <translation>다시 실행</translation>
        </message>
        <message>
            <source>Copy the pictures</source>
            <translation>그림 복사</translation>
        </message>
        <message>
            <source>New collection…</source>
            <translation>새 모음…</translation>
        </message>
        <message>
            <source>Import pictures…</source>
            <translation>그림 가져오기…</translation>
        </message>
        <message>
            <source>Import a folder…</source>
            <translation>폴더 가져오기…</translation>
        </message>
        <message>
            <source>Look through the folders again</source>
            <translation>폴더 다시 살펴보기</translation>
        </message>
        <message>
            <source>Training…</source>
            <translation>학습…</translation>
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
        <message>
            <source>Everywhere</source>
            <translation>어디서나</translation>
        </message>
        <message>
            <source>Viewer and filmstrip</source>
            <translation>뷰어와 필름스트립</translation>
        </message>
        <message>
            <source>Library</source>
            <translation>라이브러리</translation>
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
        <message>
            <source>under 1 s</source>
            <translation>1초 미만</translation>
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
        <message>
            <source>The settings could not all be read</source>
            <translation>설정을 모두 읽지 못했습니다</translation>
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
                <numerusform>%n장</numerusform>
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
            <source>한국어로 바꾸기</source>
            <comment>switches the interface to the other language</comment>
            <translation>Switch to English</translation>
        </message>
        <message>
            <source>The engine starts. You can type and press Ctrl + Enter already.</source>
            <translation>엔진을 시작하고 있습니다. 지금 입력하고 Ctrl + Enter를 눌러도 됩니다.</translation>
        </message>
        <message>
            <source>There is too little memory for the chosen model and size.</source>
            <translation>고른 모델과 크기에는 메모리가 모자랍니다.</translation>
        </message>
        <message>
            <source>A picture of the chosen model and size takes about %1 and %2 GB here.</source>
            <translation>고른 모델과 크기의 그림 한 장에 이 컴퓨터에서는 약 %1, %2 GB가 듭니다.</translation>
        </message>
        <message>
            <source>Use models I already have…</source>
            <translation>가지고 있는 모델 쓰기…</translation>
        </message>
        <message numerus="yes">
            <source>Use one of %n model(s) found here…</source>
            <translation>
                <numerusform>이 컴퓨터에서 찾은 모델 %n개 가운데 고르기…</numerusform>
            </translation>
        </message>
        <message>
            <source>No folder of another program was found; choose a file or a folder</source>
            <translation>다른 프로그램의 폴더를 찾지 못했습니다. 파일이나 폴더를 고르세요</translation>
        </message>
        <message>
            <source>From the folders of %1; they are used where they are</source>
            <translation>%1의 폴더에서 찾았습니다. 있는 자리에서 그대로 씁니다</translation>
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
        <message>
            <source>The picture is in the clipboard</source>
            <translation>그림을 클립보드에 복사했습니다</translation>
        </message>
        <message>
            <source>Save a copy</source>
            <translation>사본 저장</translation>
        </message>
        <message>
            <source>Pictures (*.%1)</source>
            <translation>그림 (*.%1)</translation>
        </message>
        <message>
            <source>Settings recalled</source>
            <translation>설정을 되살렸습니다</translation>
        </message>
        <message>
            <source>Undo</source>
            <translation>되돌리기</translation>
        </message>
        <message>
            <source>Saved as %1</source>
            <translation>%1에 저장했습니다</translation>
        </message>
        <message>
            <source>Show in folder</source>
            <translation>폴더에서 보기</translation>
        </message>
        <message>
            <source>Style “%1” removed</source>
            <translation>스타일 “%1”을(를) 지웠습니다</translation>
        </message>
        <message>
            <source>Library</source>
            <translation>라이브러리</translation>
        </message>
        <message>
            <source>Surround of pictures</source>
            <translation>그림 주변</translation>
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
        <message>
            <source>Picture %1</source>
            <translation>그림 %1</translation>
        </message>
        <message>
            <source>%1 compared with %2</source>
            <translation>%1, %2와(과) 비교</translation>
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
        <name>ui::SampleRows</name>
        <message>
            <source>Samples</source>
            <translation>견본</translation>
        </message>
        <message numerus="yes">
            <source>%n prompt(s)</source>
            <translation>
                <numerusform>프롬프트 %n개</numerusform>
            </translation>
        </message>
        <message>
            <source>step %1</source>
            <translation>%1스텝</translation>
        </message>
        <message>
            <source>Caption %1</source>
            <translation>설명 %1</translation>
        </message>
        <message>
            <source>Samples appear here as they are made.</source>
            <translation>견본이 만들어지면 여기에 나타납니다.</translation>
        </message>
    </context>
    <context>
        <name>ui::SamplesView</name>
        <message>
            <source>Prompts whose samples are shown</source>
            <translation>견본을 볼 프롬프트</translation>
        </message>
        <message>
            <source>All prompts</source>
            <translation>모든 프롬프트</translation>
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
            <source>Live preview</source>
            <translation>실시간 미리보기</translation>
        </message>
        <message>
            <source>%1 was moved or can't be read</source>
            <translation>%1: 파일이 옮겨졌거나 읽을 수 없습니다</translation>
        </message>
        <message>
            <source>There is no second picture to compare with yet</source>
            <translation>아직 비교할 다른 그림이 없습니다</translation>
        </message>
        <message>
            <source>Choose another picture to compare it with this one</source>
            <translation>이 그림과 비교할 다른 그림을 고르세요</translation>
        </message>
        <message>
            <source>Stop</source>
            <translation>그만하기</translation>
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
        <message>
            <source>The system refuses this program every connection. No network call was made since the start.</source>
            <translation>시스템이 이 프로그램의 모든 연결을 거부합니다. 시작한 뒤 네트워크 연결이 한 번도 없었습니다.</translation>
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
        <message>
            <source>Settings</source>
            <translation>설정</translation>
        </message>
        <message>
            <source>Generate</source>
            <translation>생성</translation>
        </message>
        <message>
            <source>Library</source>
            <translation>라이브러리</translation>
        </message>
        <message>
            <source>Training</source>
            <translation>학습</translation>
        </message>
    </context>
    <context>
        <name>ui::TrainingList</name>
        <message>
            <source>Name of the training</source>
            <translation>학습의 이름</translation>
        </message>
        <message>
            <source>Rename</source>
            <translation>이름 바꾸기</translation>
        </message>
        <message>
            <source>Move to the trash</source>
            <translation>휴지통으로 옮기기</translation>
        </message>
        <message>
            <source>Trainings</source>
            <translation>학습 목록</translation>
        </message>
        <message>
            <source>A training goes on when Atelier is closed; it is found here again.</source>
            <translation>Atelier를 닫아도 학습은 이어지며, 여기에서 다시 볼 수 있습니다.</translation>
        </message>
        <message>
            <source>New training</source>
            <translation>새 학습</translation>
        </message>
        <message>
            <source>LoRA or embedding</source>
            <translation>LoRA 또는 임베딩</translation>
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
        <message>
            <source>%1: expected the picture&apos;s file, found: %2.</source>
            <translation>%1: 그림 파일이 있어야 하지만: %2.</translation>
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
        <message>
            <source>lower the size, %1 × %2 would fit</source>
            <translation>크기를 줄이세요. %1 × %2이면 들어갑니다</translation>
        </message>
        <message>
            <source>no size fits; raise the limit to %1 GB or choose a smaller model</source>
            <translation>맞는 크기가 없습니다. 한도를 %1 GB로 올리거나 더 작은 모델을 고르세요</translation>
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
        <message>
            <source>Remove the marked style</source>
            <translation>고른 스타일 지우기</translation>
        </message>
        <message>
            <source>Mark a style first</source>
            <translation>먼저 스타일을 고르세요</translation>
        </message>
        <message>
            <source>It lies in a file of another program</source>
            <translation>다른 프로그램의 파일에 있는 스타일입니다</translation>
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
    <context>
        <name>hardware</name>
        <message numerus="yes">
            <source>%n core(s)</source>
            <translation>
                <numerusform>코어 %n개</numerusform>
            </translation>
        </message>
        <message>
            <source>%1 GB of memory</source>
            <translation>메모리 %1 GB</translation>
        </message>
        <message>
            <source>no NVIDIA GPU</source>
            <translation>NVIDIA GPU 없음</translation>
        </message>
    </context>
    <context>
        <name>sentences</name>
        <message>
            <source>Memory: %1 takes at least %2, and the limit is %3. %4 would fit.</source>
            <translation>메모리: %1에는 적어도 %2이(가) 필요하지만 한도는 %3입니다. %4이면 들어갑니다.</translation>
        </message>
        <message>
            <source>Memory: %1 takes at least %2, and the limit is %3. No size fits; raise the limit to %4, or choose a smaller model.</source>
            <translation>메모리: %1에는 적어도 %2이(가) 필요하지만 한도는 %3입니다. 맞는 크기가 없습니다. 한도를 %4(으)로 올리거나 더 작은 모델을 고르세요.</translation>
        </message>
        <message>
            <source>Memory ran out; %1 would fit.</source>
            <translation>메모리가 모자랍니다. %1이면 들어갑니다.</translation>
        </message>
        <message>
            <source>Memory ran out; a smaller size or fewer pictures may fit.</source>
            <translation>메모리가 모자랍니다. 크기를 줄이거나 그림 수를 줄이면 될 수 있습니다.</translation>
        </message>
        <message>
            <source>The memory of this computer is used up.</source>
            <translation>이 컴퓨터의 메모리를 모두 썼습니다.</translation>
        </message>
        <message>
            <source>The model made numbers that are not finite, so there is no picture to show. Its weights may be damaged, or too large for 16-bit arithmetic.</source>
            <translation>모델이 유한하지 않은 수를 만들어 보여 줄 그림이 없습니다. 가중치가 손상되었거나 16비트 연산에 너무 클 수 있습니다.</translation>
        </message>
        <message>
            <source>Previews are rough: %1</source>
            <translation>미리 보기가 거칩니다: %1</translation>
        </message>
        <message>
            <source>Unexpected trouble: %1</source>
            <translation>예상하지 못한 문제: %1</translation>
        </message>
        <message>
            <source>%1 The picture was kept as %2.</source>
            <translation>%1 그림은 %2에 보관했습니다.</translation>
        </message>
        <message>
            <source>The engine could not be loaded: %1.</source>
            <translation>엔진을 불러오지 못했습니다: %1.</translation>
        </message>
        <message>
            <source>The engine: expected the library %1, found no such file. Build or install Atelier again.</source>
            <translation>엔진: 라이브러리 %1이(가) 있어야 하지만 그런 파일이 없습니다. Atelier를 다시 빌드하거나 설치하세요.</translation>
        </message>
        <message>
            <source>%1: character %2: %3.</source>
            <translation>%1: %2번째 글자: %3.</translation>
        </message>
        <message>
            <source>%1: expected a whole model, but found no %2 in it; choose a checkpoint that holds UNet, text encoder and VAE.</source>
            <translation>%1: 온전한 모델이 있어야 하지만 %2이(가) 없습니다. UNet, 텍스트 인코더, VAE가 모두 든 체크포인트를 고르세요.</translation>
        </message>
        <message>
            <source>%1: expected a whole model, but found no VAE in it; choose a checkpoint that holds one, or name another file for the VAE.</source>
            <translation>%1: 온전한 모델이 있어야 하지만 VAE가 없습니다. VAE가 든 체크포인트를 고르거나 VAE 파일을 따로 지정하세요.</translation>
        </message>
        <message>
            <source>%1: expected a number from %2 to %3 (or %4 to have it chosen), found %5.</source>
            <translation>%1: %2에서 %3까지의 수(또는 알아서 고르도록 %4)여야 하지만 %5입니다.</translation>
        </message>
        <message>
            <source>%1: expected a number from %2 to %3, found %4.</source>
            <translation>%1: %2에서 %3까지의 수여야 하지만 %4입니다.</translation>
        </message>
        <message>
            <source>%1: expected %2 or more, found %3.</source>
            <translation>%1: %2 이상이어야 하지만 %3입니다.</translation>
        </message>
        <message>
            <source>%1: expected text, found a zero byte in it.</source>
            <translation>%1: 글이어야 하지만 0 바이트가 들어 있습니다.</translation>
        </message>
        <message>
            <source>style: expected the name of a style, found &quot;%1&quot;, which no file of styles has.</source>
            <translation>스타일: 스타일 이름이어야 하지만 &quot;%1&quot;은(는) 어느 스타일 파일에도 없습니다.</translation>
        </message>
        <message>
            <source>style: expected a name, found none.</source>
            <translation>스타일: 이름이 있어야 하지만 없습니다.</translation>
        </message>
        <message>
            <source>preset: expected a name of 1 to 80 letters without / and \, found &quot;%1&quot;.</source>
            <translation>프리셋: / 와 \ 가 없는 1~80자 이름이어야 하지만 &quot;%1&quot;입니다.</translation>
        </message>
        <message>
            <source>%1: is not a model folder (expected %2).</source>
            <translation>%1: 모델 폴더가 아닙니다(%2이(가) 있어야 합니다).</translation>
        </message>
        <message>
            <source>%1: can&apos;t be opened: %2.</source>
            <translation>%1: 열 수 없습니다: %2.</translation>
        </message>
        <message>
            <source>%1: can&apos;t be written: %2.</source>
            <translation>%1: 쓸 수 없습니다: %2.</translation>
        </message>
        <message>
            <source>%1: expected %2, found the end.</source>
            <translation>%1: %2이(가) 와야 하지만 끝났습니다.</translation>
        </message>
        <message>
            <source>%1: expected %2, found nothing.</source>
            <translation>%1: %2이(가) 와야 하지만 아무것도 없습니다.</translation>
        </message>
        <message>
            <source>%1: expected %2, found none.</source>
            <translation>%1: %2이(가) 있어야 하지만 없습니다.</translation>
        </message>
        <message>
            <source>%1: expected %2, found %3.</source>
            <translation>%1: %2이(가) 와야 하지만 %3이(가) 있습니다.</translation>
        </message>
        <message>
            <source>%1: expected %2.</source>
            <translation>%1: %2이(가) 있어야 합니다.</translation>
        </message>
        <message>
            <source>expected %1 for the %2 at character %3, found the end</source>
            <translation>%3번째 글자의 %2에 맞는 %1이(가) 와야 하지만 끝났습니다</translation>
        </message>
        <message>
            <source>expected %1 for the %2 at character %3, found %4</source>
            <translation>%3번째 글자의 %2에 맞는 %1이(가) 와야 하지만 %4이(가) 있습니다</translation>
        </message>
        <message>
            <source>expected fewer brackets inside one another, found %1</source>
            <translation>겹친 괄호가 더 적어야 하지만 %1이(가) 있습니다</translation>
        </message>
        <message>
            <source>expected a variable&apos;s name, found %1</source>
            <translation>변수 이름이 와야 하지만 %1이(가) 있습니다</translation>
        </message>
        <message>
            <source>expected text, found %1</source>
            <translation>글이 와야 하지만 %1이(가) 있습니다</translation>
        </message>
        <message>
            <source>expected %1, found the end</source>
            <translation>%1이(가) 와야 하지만 끝났습니다</translation>
        </message>
        <message>
            <source>expected %1, found %2</source>
            <translation>%1이(가) 와야 하지만 %2이(가) 있습니다</translation>
        </message>
        <message>
            <source>a variable that is set</source>
            <translation>값이 정해진 변수</translation>
        </message>
        <message>
            <source>none of this name</source>
            <translation>그런 이름이 없음</translation>
        </message>
        <message>
            <source>a value without the variable itself</source>
            <translation>변수 자신이 들어 있지 않은 값</translation>
        </message>
        <message>
            <source>a whole number</source>
            <translation>정수</translation>
        </message>
        <message>
            <source>a file that can be read</source>
            <translation>읽을 수 있는 파일</translation>
        </message>
        <message>
            <source>a model folder</source>
            <translation>모델 폴더</translation>
        </message>
        <message>
            <source>no weights</source>
            <translation>가중치 없음</translation>
        </message>
        <message>
            <source>%1 or %2</source>
            <translation>%1 또는 %2</translation>
        </message>
        <message>
            <source>prompt</source>
            <translation>프롬프트</translation>
        </message>
        <message>
            <source>negative_prompt</source>
            <translation>제외 프롬프트</translation>
        </message>
        <message>
            <source>width</source>
            <translation>너비</translation>
        </message>
        <message>
            <source>height</source>
            <translation>높이</translation>
        </message>
        <message>
            <source>steps</source>
            <translation>단계</translation>
        </message>
        <message>
            <source>seed</source>
            <translation>시드</translation>
        </message>
        <message>
            <source>count</source>
            <translation>장수</translation>
        </message>
        <message>
            <source>mask</source>
            <translation>마스크</translation>
        </message>
        <message>
            <source>%1: expected pictures with captions (cat.png beside cat.txt, or captions.jsonl), found none.</source>
            <translation>%1: 설명이 있는 그림(cat.png 옆의 cat.txt, 또는 captions.jsonl)이 있어야 하지만 하나도 없습니다.</translation>
        </message>
        <message>
            <source>%1: no picture of the folder can be read.</source>
            <translation>%1: 폴더의 그림을 하나도 읽을 수 없습니다.</translation>
        </message>
        <message>
            <source>%1 is left out: %2</source>
            <translation>%1은(는) 빠집니다: %2</translation>
        </message>
        <message>
            <source>%1 has no caption in %2</source>
            <translation>%1: %2에 설명이 없습니다</translation>
        </message>
        <message>
            <source>The picture %1 is not there.</source>
            <translation>그림 %1이(가) 없습니다.</translation>
        </message>
        <message>
            <source>The picture %1 can't be read: %2.</source>
            <translation>그림 %1을(를) 읽을 수 없습니다: %2.</translation>
        </message>
        <message>
            <source>There is only one picture: what is learnt will be that picture.</source>
            <translation>그림이 하나뿐입니다. 그 그림 자체를 배우게 됩니다.</translation>
        </message>
        <message>
            <source>Training has broken down: the loss was not a number for 20 steps. Lower the learning rate.</source>
            <translation>학습이 무너졌습니다. 20스텝 동안 손실이 수가 아니었습니다. 학습률을 낮추세요.</translation>
        </message>
        <message>
            <source>%1 can't be written.</source>
            <translation>%1을(를) 쓸 수 없습니다.</translation>
        </message>
        <message>
            <source>%1: can't be started: %2.</source>
            <translation>%1: 시작할 수 없습니다: %2.</translation>
        </message>
        <message>
            <source>reading the %1</source>
            <translation>%1 읽는 중</translation>
        </message>
        <message>
            <source>saved the state</source>
            <translation>상태를 저장했습니다</translation>
        </message>
        <message>
            <source>wrote %1</source>
            <translation>%1을(를) 썼습니다</translation>
        </message>
        <message>
            <source>a folder of pictures</source>
            <translation>그림 폴더</translation>
        </message>
        <message>
            <source>text encoder</source>
            <translation>텍스트 인코더</translation>
        </message>
        <message>
            <source>The picture %1 is %2x%3: at most %4 pixels a side are read.</source>
            <translation>그림 %1은(는) %2x%3입니다. 한 변이 %4픽셀까지인 그림만 읽습니다.</translation>
        </message>
        <message>
            <source>The picture: expected %1 bytes of pixels, found %2.</source>
            <translation>그림: 픽셀이 %1바이트여야 하지만 %2바이트입니다.</translation>
        </message>
        <message>
            <source>The picture could not be compressed: no memory left.</source>
            <translation>그림을 압축하지 못했습니다. 남은 메모리가 없습니다.</translation>
        </message>
        <message>
            <source>%1: expected to find it in the trash as %2, found nothing there. Was the trash emptied?</source>
            <translation>%1: 휴지통에 %2(으)로 있어야 하지만 없습니다. 휴지통을 비웠나요?</translation>
        </message>
        <message>
            <source>%1: expected a file that the trash takes, found: %2. It was left where it is.</source>
            <translation>%1: 휴지통에 넣지 못했습니다: %2. 있던 자리에 그대로 있습니다.</translation>
        </message>
        <message>
            <source>%1: expected a place for the file from the trash, found: %2.</source>
            <translation>%1: 휴지통에서 되돌릴 자리가 없습니다: %2.</translation>
        </message>
        <message>
            <source>%1: expected a database that can be written, found: %2.</source>
            <translation>%1: 쓸 수 있는 데이터베이스여야 합니다: %2.</translation>
        </message>
        <message>
            <source>%1: expected a place that can be written, found: %2.</source>
            <translation>%1: 쓸 수 있는 자리여야 합니다: %2.</translation>
        </message>
        <message>
            <source>%1: expected a file that can be written, found: %2.</source>
            <translation>%1: 쓸 수 있는 파일이어야 합니다: %2.</translation>
        </message>
        <message>
            <source>%1: expected the queue to be free, found %2.</source>
            <translation>%1: 대기열이 비어 있어야 하지만 쓰이고 있습니다: %2.</translation>
        </message>
        <message>
            <source>The engine: expected atelier_create_engine in %1, found a library without it.</source>
            <translation>엔진: %1에 atelier_create_engine이 있어야 하지만 없는 라이브러리입니다.</translation>
        </message>
        <message>
            <source>%1: &quot;%2&quot; is not known; nearest are %3.</source>
            <translation>%1: &quot;%2&quot;을(를) 모릅니다. 비슷한 것은 %3입니다.</translation>
        </message>
        <message>
            <source>%1: the model has one text encoder, so that a second prompt has no place; leave it empty.</source>
            <translation>%1: 모델의 텍스트 인코더가 하나라 둘째 프롬프트를 둘 데가 없습니다. 비워 두세요.</translation>
        </message>
        <message>
            <source>device: found &quot;cuda&quot;, but this computer has no CUDA device that LibTorch can use; choose cpu or auto.</source>
            <translation>장치: &quot;cuda&quot;를 골랐지만 이 컴퓨터에는 LibTorch가 쓸 수 있는 CUDA 장치가 없습니다. CPU나 자동을 고르세요.</translation>
        </message>
        <message>
            <source>The model's UNet reads %1 channels; expected %2, or %3 for inpainting. Choose another model.</source>
            <translation>모델의 UNet이 %1채널을 읽습니다. %2채널, 인페인팅이면 %3채널이어야 합니다. 다른 모델을 고르세요.</translation>
        </message>
        <message>
            <source>mask: found %1, but no picture that it belongs to; name one as initial_image, or take the mask away.</source>
            <translation>마스크: %1이(가) 있지만 딸린 그림이 없습니다. 시작 그림을 고르거나 마스크를 빼세요.</translation>
        </message>
        <message>
            <source>initial_image: this engine was given no way to read pictures.</source>
            <translation>시작 그림: 이 엔진은 그림을 읽을 수 없습니다.</translation>
        </message>
        <message>
            <source>mask: %1 is %2, expected %3, the size of %4.</source>
            <translation>마스크: %1의 크기가 %2입니다. %4의 크기인 %3이어야 합니다.</translation>
        </message>
        <message>
            <source>vae: %1 decodes %2, expected %3 as the model makes them.</source>
            <translation>VAE: %1은(는) %2을(를) 풉니다. 모델이 만드는 %3이어야 합니다.</translation>
        </message>
        <message>
            <source>%1: %2 has nothing like it; leave it as it is, or choose another compatibility.</source>
            <translation>%1: %2에는 이런 것이 없습니다. 그대로 두거나 다른 호환성을 고르세요.</translation>
        </message>
        <message>
            <source>Prompt: &lt;%1&gt; asks for a kind of network that is not known; expected &lt;lora:NAME&gt; or &lt;lora:NAME:strength&gt;.</source>
            <translation>프롬프트: &lt;%1&gt;은(는) 모르는 종류의 네트워크입니다. &lt;lora:이름&gt;이나 &lt;lora:이름:강도&gt;여야 합니다.</translation>
        </message>
        <message>
            <source>Prompt: &lt;%1&gt;: no file of this name; there is no folder of LoRAs (Lora or loras beside the models). Names like it: %2.</source>
            <translation>프롬프트: &lt;%1&gt;: 이런 이름의 파일이 없습니다. LoRA 폴더(모델 곁의 Lora나 loras)도 없습니다. 비슷한 이름: %2.</translation>
        </message>
        <message>
            <source>Prompt: &lt;%1&gt;: no file of this name; there is no folder of LoRAs (Lora or loras beside the models).</source>
            <translation>프롬프트: &lt;%1&gt;: 이런 이름의 파일이 없습니다. LoRA 폴더(모델 곁의 Lora나 loras)도 없습니다.</translation>
        </message>
        <message>
            <source>Prompt: &lt;%1&gt;: no file of this name in %2. Names like it: %3.</source>
            <translation>프롬프트: &lt;%1&gt;: %2에 이런 이름의 파일이 없습니다. 비슷한 이름: %3.</translation>
        </message>
        <message>
            <source>Prompt: &lt;%1&gt;: no file of this name in %2.</source>
            <translation>프롬프트: &lt;%1&gt;: %2에 이런 이름의 파일이 없습니다.</translation>
        </message>
        <message>
            <source>Prompt: found embedding:%1, expected the name of an embedding in the folders for them that fits the model.</source>
            <translation>프롬프트: embedding:%1이(가) 있지만 임베딩 폴더에 모델과 맞는 그런 이름의 임베딩이 없습니다.</translation>
        </message>
        <message>
            <source>Clip skip: expected 1 to %1 (the layers of this model's text encoder), found %2.</source>
            <translation>CLIP 건너뛰기: 1~%1(이 모델 텍스트 인코더의 층 수)이어야 하지만 %2입니다.</translation>
        </message>
        <message>
            <source>%1: diffusers reads what fits into the text encoder once, and so does its compatibility; left out: &quot;%2&quot;. Another compatibility or emphasis reads all of it.</source>
            <translation>%1: diffusers는 텍스트 인코더에 한 번에 들어가는 만큼만 읽고, 그 호환성도 그렇습니다. 빠진 부분: &quot;%2&quot;. 다른 호환성이나 강조 방식은 모두 읽습니다.</translation>
        </message>
        <message>
            <source>The VAE %1 doesn't seem to be made for this model, so its colours may be wrong: %2</source>
            <translation>VAE %1은(는) 이 모델용이 아닌 것 같아 색이 틀릴 수 있습니다: %2</translation>
        </message>
        <message>
            <source>sigma_min: expected less than sigma_max, found %1 and %2.</source>
            <translation>sigma_min: sigma_max보다 작아야 하지만 %1과(와) %2입니다.</translation>
        </message>
        <message>
            <source>schedule: expected at most %1 sigmas, found %2.</source>
            <translation>스케줄: 시그마가 많아야 %1개여야 하지만 %2개입니다.</translation>
        </message>
        <message>
            <source>schedule: expected sigmas that descend to 0 or above, found %1 as number %2 of &quot;%3&quot;</source>
            <translation>스케줄: 시그마는 0 이상까지 내려가야 하지만 &quot;%3&quot;의 %2번째가 %1입니다</translation>
        </message>
        <message>
            <source>schedule: expected at least two sigmas, found &quot;%1&quot;</source>
            <translation>스케줄: 시그마가 적어도 둘이어야 하지만 &quot;%1&quot;입니다</translation>
        </message>
        <message>
            <source>a prediction that no network makes</source>
            <translation>어떤 네트워크도 하지 않는 예측입니다</translation>
        </message>
        <message>
            <source>prediction type without scalings</source>
            <translation>배율이 없는 예측 방식입니다</translation>
        </message>
        <message>
            <source>the sampler was given no source of noise</source>
            <translation>샘플러에 노이즈가 주어지지 않았습니다</translation>
        </message>
        <message>
            <source>compatibility: found &quot;diffusers&quot;, which is there for models that predict epsilon or v; expected Atelier, A1111 or ComfyUI for this one.</source>
            <translation>호환성: &quot;diffusers&quot;는 epsilon이나 v를 예측하는 모델에만 씁니다. 이 모델에는 Atelier, A1111, ComfyUI 가운데 하나여야 합니다.</translation>
        </message>
        <message>
            <source>sampler: &quot;%1&quot; is not in diffusers; expected one of %2 with compatibility &quot;diffusers&quot;.</source>
            <translation>샘플러: &quot;%1&quot;은(는) diffusers에 없습니다. 호환성이 &quot;diffusers&quot;이면 %2 가운데 하나여야 합니다.</translation>
        </message>
        <message>
            <source>schedule: &quot;%1&quot; is not in diffusers' %2; expected Automatic%3 with compatibility &quot;diffusers&quot;.</source>
            <translation>스케줄: &quot;%1&quot;은(는) diffusers의 %2에 없습니다. 호환성이 &quot;diffusers&quot;이면 Automatic%3이어야 합니다.</translation>
        </message>
        <message>
            <source>scheduler: &quot;%1&quot; is not known</source>
            <translation>스케줄러: &quot;%1&quot;을(를) 모릅니다</translation>
        </message>
        <message>
            <source>solver_order, algorithm_type: DPMSolverSinglestepScheduler is supported with orders 1 and 2 of dpmsolver++, found order %1 of &quot;%2&quot;</source>
            <translation>solver_order, algorithm_type: DPMSolverSinglestepScheduler는 dpmsolver++의 1차와 2차만 지원하지만 &quot;%2&quot;의 %1차입니다</translation>
        </message>
        <message>
            <source>steps: expected at most the %1 that the model was distilled from, found %2</source>
            <translation>단계: 모델이 증류된 %1단계까지여야 하지만 %2입니다</translation>
        </message>
        <message>
            <source>steps: expected %1 or more, found %2</source>
            <translation>단계: %1 이상이어야 하지만 %2입니다</translation>
        </message>
        <message>
            <source>variation_seed: expected one for each of %1 seeds, found %2</source>
            <translation>변화 시드: 시드 %1개에 하나씩이어야 하지만 %2개입니다</translation>
        </message>
        <message>
            <source>noise schedule: expected 0 &lt; beta_start &lt;= beta_end &lt; 1 and at least 2 steps, found beta_start %1, beta_end %2, steps %3</source>
            <translation>노이즈 스케줄: 0 &lt; beta_start &lt;= beta_end &lt; 1이고 적어도 2단계여야 하지만 beta_start %1, beta_end %2, %3단계입니다</translation>
        </message>
        <message>
            <source>noise schedule: expected 0 &lt; sigma_min &lt; sigma_max &lt; 1000000 and at least 2 steps, found sigma_min %1, sigma_max %2, steps %3</source>
            <translation>노이즈 스케줄: 0 &lt; sigma_min &lt; sigma_max &lt; 1000000이고 적어도 2단계여야 하지만 sigma_min %1, sigma_max %2, %3단계입니다</translation>
        </message>
        <message>
            <source>noise schedule: expected alphas_cumprod to descend from below 1 to above 0, found %1 after %2</source>
            <translation>노이즈 스케줄: alphas_cumprod는 1 아래에서 0 위로 내려가야 하지만 %2 다음이 %1입니다</translation>
        </message>
        <message>
            <source>noise schedule: expected at least 2 alphas_cumprod, found %1</source>
            <translation>노이즈 스케줄: alphas_cumprod가 적어도 2개여야 하지만 %1개입니다</translation>
        </message>
        <message>
            <source>%1: expected &quot;%2&quot; for the &quot;%3&quot; at character %4</source>
            <translation>%1: %4번째 글자의 &quot;%3&quot;에 맞는 &quot;%2&quot;이(가) 와야 합니다</translation>
        </message>
        <message>
            <source>%1: expected fewer brackets inside one another</source>
            <translation>%1: 겹친 괄호가 더 적어야 합니다</translation>
        </message>
        <message>
            <source>%1: expected a variable's name</source>
            <translation>%1: 변수 이름이 와야 합니다</translation>
        </message>
        <message>
            <source>%1: expected &quot;}&quot;: a variable is set outside of {}</source>
            <translation>%1: &quot;}&quot;가 와야 합니다. 변수 값은 {} 밖에서 정합니다</translation>
        </message>
        <message>
            <source>%1: expected the indent of the lines before</source>
            <translation>%1: 앞줄과 들여쓰기가 같아야 합니다</translation>
        </message>
        <message>
            <source>%1: expected a closing quote</source>
            <translation>%1: 닫는 따옴표가 와야 합니다</translation>
        </message>
        <message>
            <source>%1: expected the closing bracket on the same line</source>
            <translation>%1: 같은 줄에 닫는 괄호가 있어야 합니다</translation>
        </message>
        <message>
            <source>%1: expected &quot;key: value&quot; in the brackets</source>
            <translation>%1: 괄호 안에는 &quot;키: 값&quot;이 와야 합니다</translation>
        </message>
        <message>
            <source>%1: expected &quot;key: value&quot;</source>
            <translation>%1: &quot;키: 값&quot;이 와야 합니다</translation>
        </message>
        <message>
            <source>%1: expected fewer levels</source>
            <translation>%1: 단계가 더 적어야 합니다</translation>
        </message>
        <message>
            <source>%1: expected text</source>
            <translation>%1: 글이 와야 합니다</translation>
        </message>
        <message>
            <source>%1: name: &quot;%2&quot; has no token that a prompt could be searched for.</source>
            <translation>%1: 이름: &quot;%2&quot;에는 프롬프트에서 찾을 토큰이 없습니다.</translation>
        </message>
        <message>
            <source>model: %1 is %2, which LoRAs and embeddings are not trained for here; choose a base model of SD 1, SD 2 or SDXL, or the one that ships.</source>
            <translation>모델: %1은(는) %2입니다. 여기서는 이런 모델의 LoRA와 임베딩을 학습하지 않습니다. SD 1, SD 2, SDXL의 기본 모델이나 함께 오는 모델을 고르세요.</translation>
        </message>
        <message>
            <source>it is no JSON object</source>
            <translation>JSON 객체가 아닙니다</translation>
        </message>
        <message>
            <source>the file &quot;%1&quot; doesn't lie in the folder</source>
            <translation>파일 &quot;%1&quot;이(가) 폴더 안에 있지 않습니다</translation>
        </message>
        <message>
            <source>it has no pixels</source>
            <translation>픽셀이 없습니다</translation>
        </message>
        <message>
            <source>%1: can't be made: %2.</source>
            <translation>%1: 만들 수 없습니다: %2.</translation>
        </message>
        <message>
            <source>%1: schedule: cosine falls towards the last step; say how many steps there are.</source>
            <translation>%1: 스케줄: cosine은 마지막 스텝을 향해 내려갑니다. 스텝 수를 정하세요.</translation>
        </message>
        <message>
            <source>%1: Training needs someone who reads pictures.</source>
            <translation>%1: 학습에는 그림을 읽을 수단이 필요합니다.</translation>
        </message>
        <message>
            <source>%1: Training needs a work folder for its state.</source>
            <translation>%1: 학습에는 상태를 둘 작업 폴더가 필요합니다.</translation>
        </message>
        <message>
            <source>%1: the field %2 is not a text</source>
            <translation>%1: 필드 %2이(가) 글이 아닙니다</translation>
        </message>
        <message>
            <source>%1: the field %2 is not a list</source>
            <translation>%1: 필드 %2이(가) 목록이 아닙니다</translation>
        </message>
        <message>
            <source>%1: the field %2 holds something else than texts</source>
            <translation>%1: 필드 %2에 글이 아닌 것이 있습니다</translation>
        </message>
        <message>
            <source>%1: the line is not a JSON object</source>
            <translation>%1: 줄이 JSON 객체가 아닙니다</translation>
        </message>
        <message>
            <source>%1: the field file is missing</source>
            <translation>%1: 필드 file이 없습니다</translation>
        </message>
        <message>
            <source>%1: both captions, en and ko, are missing</source>
            <translation>%1: 설명이 en도 ko도 없습니다</translation>
        </message>
        <message>
            <source>%1: refers to byte %2, but has only %3</source>
            <translation>%1: %2번째 바이트를 가리키지만 %3바이트뿐입니다</translation>
        </message>
        <message>
            <source>%1: ends early: %2 bytes expected at %3, %4 left; the download is incomplete or damaged</source>
            <translation>%1: 일찍 끝납니다. %3에서 %2바이트가 있어야 하지만 %4바이트가 남았습니다. 덜 내려받았거나 손상된 파일입니다</translation>
        </message>
        <message>
            <source>%1: ends inside a line of text</source>
            <translation>%1: 글줄 중간에서 끝납니다</translation>
        </message>
        <message>
            <source>%1: is too large for a JSON file</source>
            <translation>%1: JSON 파일로는 너무 큽니다</translation>
        </message>
        <message>
            <source>%1: is nested too deeply</source>
            <translation>%1: 너무 깊이 겹쳐 있습니다</translation>
        </message>
        <message>
            <source>%1: is not valid JSON: %2</source>
            <translation>%1: 올바른 JSON이 아닙니다: %2</translation>
        </message>
        <message>
            <source>%1: there is no room in memory to map it; close other programs, or use a smaller model.</source>
            <translation>%1: 파일을 올릴 메모리가 없습니다. 다른 프로그램을 닫거나 더 작은 모델을 쓰세요.</translation>
        </message>
        <message>
            <source>%1: holds compressed data that is broken</source>
            <translation>%1: 압축된 데이터가 깨져 있습니다</translation>
        </message>
        <message>
            <source>%1: ends inside compressed data</source>
            <translation>%1: 압축된 데이터 중간에서 끝납니다</translation>
        </message>
        <message>
            <source>%1: claims that %2 compressed bytes give %3</source>
            <translation>%1: 압축된 %2바이트가 %3바이트가 된다고 합니다</translation>
        </message>
        <message>
            <source>%1: is only a pointer to the model (Git LFS); download the file itself</source>
            <translation>%1: 모델을 가리키는 표지(Git LFS)일 뿐입니다. 파일 자체를 내려받으세요</translation>
        </message>
        <message>
            <source>%1: is a web page, not a model; the download failed, perhaps for want of signing in</source>
            <translation>%1: 모델이 아니라 웹 페이지입니다. 로그인하지 않아 내려받지 못했을 수 있습니다</translation>
        </message>
        <message>
            <source>%1: needs the file &quot;%2&quot;, which is not there</source>
            <translation>%1: 파일 &quot;%2&quot;이(가) 필요하지만 없습니다</translation>
        </message>
        <message>
            <source>%1: is a tar archive of a very old PyTorch; save it again with a newer one</source>
            <translation>%1: 아주 오래된 PyTorch의 tar 파일입니다. 새 PyTorch로 다시 저장하세요</translation>
        </message>
        <message>
            <source>%1: is not a model file that is known (safetensors, PyTorch, GGUF)</source>
            <translation>%1: 아는 모델 파일(safetensors, PyTorch, GGUF)이 아닙니다</translation>
        </message>
        <message>
            <source>%1: is JSON text, not a model</source>
            <translation>%1: 모델이 아니라 JSON 글입니다</translation>
        </message>
        <message>
            <source>%1: says that tensor &quot;%2&quot; is in &quot;%3&quot;, but it isn't</source>
            <translation>%1: 텐서 &quot;%2&quot;이(가) &quot;%3&quot;에 있다고 하지만 없습니다</translation>
        </message>
        <message>
            <source>%1: is a model of the architecture &quot;%2&quot;; supported are Stable Diffusion 1, 2 and XL</source>
            <translation>%1: &quot;%2&quot; 구조의 모델입니다. Stable Diffusion 1, 2, XL만 지원합니다</translation>
        </message>
        <message>
            <source>%1: is of another family: %2; supported are Stable Diffusion 1, 2 and XL</source>
            <translation>%1: 다른 계열(%2)입니다. Stable Diffusion 1, 2, XL만 지원합니다</translation>
        </message>
        <message>
            <source>%1: is a ControlNet, which is used beside a model; choose a model</source>
            <translation>%1: 모델 곁에 쓰는 ControlNet입니다. 모델을 고르세요</translation>
        </message>
        <message>
            <source>%1: is %2, which is used beside a model</source>
            <translation>%1: 모델 곁에 쓰는 것(%2)입니다</translation>
        </message>
        <message>
            <source>%1: is an instruct-pix2pix model, whose UNet reads the picture to change in %2 channels; this version makes no pictures with such models, choose another one.</source>
            <translation>%1: UNet이 바꿀 그림을 %2채널로 읽는 instruct-pix2pix 모델입니다. 이 버전은 이런 모델로 그림을 만들지 않으니 다른 모델을 고르세요.</translation>
        </message>
        <message>
            <source>%1: holds %2 tensors, but no network of Stable Diffusion 1, 2 or XL%3</source>
            <translation>%1: 텐서가 %2개 있지만 Stable Diffusion 1, 2, XL의 네트워크는 없습니다%3</translation>
        </message>
        <message>
            <source>%1: is the x4 upscaler, which is not supported</source>
            <translation>%1: 지원하지 않는 x4 업스케일러입니다</translation>
        </message>
        <message>
            <source>%1: is made for image prompts (unCLIP), which is not supported</source>
            <translation>%1: 지원하지 않는 그림 프롬프트(unCLIP)용 모델입니다</translation>
        </message>
        <message>
            <source>%1: holds no weights (expected diffusion_pytorch_model or model with the ending .safetensors or .bin)</source>
            <translation>%1: 가중치가 없습니다(끝이 .safetensors나 .bin인 diffusion_pytorch_model 또는 model이 있어야 합니다)</translation>
        </message>
        <message>
            <source>%1: is not a model folder (expected model_index.json, or unet/, vae/ and text_encoder/ with weights)</source>
            <translation>%1: 모델 폴더가 아닙니다(model_index.json이나 가중치가 든 unet/, vae/, text_encoder/가 있어야 합니다)</translation>
        </message>
        <message>
            <source>%1: expected a model folder, found no weights</source>
            <translation>%1: 모델 폴더여야 하지만 가중치가 없습니다</translation>
        </message>
        <message>
            <source>%1: %2, which is not supported; choose a ControlNet that is whole in its file</source>
            <translation>%1: %2(지원하지 않습니다). 한 파일에 다 든 ControlNet을 고르세요</translation>
        </message>
        <message>
            <source>%1: holds no autoencoder; expected a VAE, a TAESD or a model with its VAE</source>
            <translation>%1: 오토인코더가 없습니다. VAE, TAESD, 또는 VAE가 든 모델이어야 합니다</translation>
        </message>
        <message>
            <source>%1: holds no ControlNet</source>
            <translation>%1: ControlNet이 없습니다</translation>
        </message>
        <message>
            <source>%1: is incomplete: tensor %2 is missing</source>
            <translation>%1: 불완전합니다. 텐서 %2이(가) 없습니다</translation>
        </message>
        <message>
            <source>%1: tensor %2 has the shape %3; expected at least %4 dimensions</source>
            <translation>%1: 텐서 %2의 모양이 %3입니다. 적어도 %4차원이어야 합니다</translation>
        </message>
        <message>
            <source>%1: has %2 levels; expected at most %3</source>
            <translation>%1: 단이 %2개입니다. 많아야 %3개여야 합니다</translation>
        </message>
        <message>
            <source>%1: attention heads %2 don't divide the channels %3</source>
            <translation>%1: 어텐션 헤드 수 %2이(가) 채널 수 %3을(를) 나누지 못합니다</translation>
        </message>
        <message>
            <source>%1: has an encoder of %2 levels and a decoder of %3; expected the same number, at most %4</source>
            <translation>%1: 인코더는 %2단, 디코더는 %3단입니다. 둘이 같고 많아야 %4단이어야 합니다</translation>
        </message>
        <message>
            <source>%1: %2 attention heads don't divide the width %3 of the text encoder</source>
            <translation>%1: 어텐션 헤드 %2개가 텍스트 인코더의 너비 %3을(를) 나누지 못합니다</translation>
        </message>
        <message>
            <source>%1: has a UNet for text of width %2, which is none of the known families (SD 1: 768, SD 2: 1024, SDXL: 2048, SDXL refiner: 1280); name the family by hand (--family) if you know it</source>
            <translation>%1: 너비 %2의 글을 읽는 UNet으로, 아는 계열이 아닙니다(SD 1: 768, SD 2: 1024, SDXL: 2048, SDXL 리파이너: 1280). 계열을 알면 직접 지정하세요</translation>
        </message>
        <message>
            <source>%1: token id %2 lies outside the vocabulary</source>
            <translation>%1: 토큰 번호 %2이(가) 어휘 밖에 있습니다</translation>
        </message>
        <message>
            <source>%1: num_attention_heads doesn't divide hidden_size</source>
            <translation>%1: num_attention_heads가 hidden_size를 나누지 못합니다</translation>
        </message>
        <message>
            <source>%1 doesn't fit the file: tensors of another shape: %2</source>
            <translation>%1이(가) 파일과 맞지 않습니다. 모양이 다른 텐서: %2</translation>
        </message>
        <message>
            <source>%1 is incomplete in the file: missing tensors: %2</source>
            <translation>파일의 %1이(가) 불완전합니다. 없는 텐서: %2</translation>
        </message>
        <message>
            <source>%1: tensor %2 holds NaN or infinity</source>
            <translation>%1: 텐서 %2에 NaN이나 무한대가 있습니다</translation>
        </message>
        <message>
            <source>%1: tensor &quot;%2&quot; is not one finite number</source>
            <translation>%1: 텐서 &quot;%2&quot;이(가) 유한한 수 하나가 아닙니다</translation>
        </message>
        <message>
            <source>%1: tensor %2 is not one finite number</source>
            <translation>%1: 텐서 %2이(가) 유한한 수 하나가 아닙니다</translation>
        </message>
        <message>
            <source>%1: the tokenizer's file can't be opened; it belongs to the model or to the program's own resources.</source>
            <translation>%1: 토크나이저 파일을 열 수 없습니다. 모델이나 프로그램 자신의 자료에 딸린 파일입니다.</translation>
        </message>
        <message>
            <source>%1: the program's own list of words can't be opened.</source>
            <translation>%1: 프로그램 자신의 단어 목록을 열 수 없습니다.</translation>
        </message>
        <message>
            <source>%1: a token of this length is not allowed.</source>
            <translation>%1: 이런 길이의 토큰은 쓸 수 없습니다.</translation>
        </message>
        <message>
            <source>%1: id %2 belongs to %3 already.</source>
            <translation>%1: 번호 %2은(는) 이미 %3의 것입니다.</translation>
        </message>
        <message>
            <source>%1: expected a decoder, but this is the encoder of a TAESD; choose the file of its decoder.</source>
            <translation>%1: 디코더여야 하지만 TAESD의 인코더입니다. 디코더 파일을 고르세요.</translation>
        </message>
        <message>
            <source>%1: holds no adapter (LoRA or one of its relatives)</source>
            <translation>%1: 어댑터(LoRA나 그 비슷한 것)가 없습니다</translation>
        </message>
        <message>
            <source>%1: has %2, but not the &quot;%3&quot; that belongs to it</source>
            <translation>%1: %2은(는) 있지만 짝인 &quot;%3&quot;이(가) 없습니다</translation>
        </message>
        <message>
            <source>%1: tensor %2 is %3, expected the vectors [n, width] of an embedding</source>
            <translation>%1: 텐서 %2의 모양이 %3입니다. 임베딩의 벡터 [n, 너비]여야 합니다</translation>
        </message>
        <message>
            <source>%1: is no embedding: expected one tensor of vectors, or clip_l and clip_g, found %2 tensors</source>
            <translation>%1: 임베딩이 아닙니다. 벡터 텐서 하나 또는 clip_l과 clip_g여야 하지만 텐서가 %2개입니다</translation>
        </message>
        <message>
            <source>%1: clip_l has %2 vectors and clip_g %3, expected as many</source>
            <translation>%1: clip_l의 벡터는 %2개, clip_g는 %3개입니다. 수가 같아야 합니다</translation>
        </message>
        <message>
            <source>%1: is an adapter for other networks: the model has no layer %2</source>
            <translation>%1: 다른 네트워크의 어댑터입니다. 모델에 %2 층이 없습니다</translation>
        </message>
        <message>
            <source>%1: tensor %2 is %3, expected %4</source>
            <translation>%1: 텐서 %2의 모양이 %3입니다. %4이어야 합니다</translation>
        </message>
        <message>
            <source>%1: has the tensor %2, which no known upscaler has</source>
            <translation>%1: 아는 업스케일러에 없는 텐서 %2이(가) 있습니다</translation>
        </message>
        <message>
            <source>%1: is no upscaler that is known (ESRGAN and its kin, SRVGG compact, SwinIR)</source>
            <translation>%1: 아는 업스케일러(ESRGAN 계열, SRVGG compact, SwinIR)가 아닙니다</translation>
        </message>
        <message>
            <source>%1: lacks the tensor %2</source>
            <translation>%1: 텐서 %2이(가) 없습니다</translation>
        </message>
        <message>
            <source>%1: tensor %2 has the shape %3</source>
            <translation>%1: 텐서 %2의 모양이 %3입니다</translation>
        </message>
        <message>
            <source>%1: is a big-endian GGUF file, which is not supported</source>
            <translation>%1: 지원하지 않는 빅 엔디언 GGUF 파일입니다</translation>
        </message>
        <message>
            <source>%1: has the GGUF version %2; expected 2 or 3</source>
            <translation>%1: GGUF 버전이 %2입니다. 2나 3이어야 합니다</translation>
        </message>
        <message>
            <source>%1: says it holds %2 tensors and %3 values, more than fit into it</source>
            <translation>%1: 텐서 %2개와 값 %3개가 들었다고 하지만 그만큼 들어갈 수 없습니다</translation>
        </message>
        <message>
            <source>%1: has a value of the unknown kind %2</source>
            <translation>%1: 모르는 종류 %2의 값이 있습니다</translation>
        </message>
        <message>
            <source>%1: nests arrays too deeply</source>
            <translation>%1: 배열이 너무 깊이 겹쳐 있습니다</translation>
        </message>
        <message>
            <source>%1: has an array of the unknown kind %2</source>
            <translation>%1: 모르는 종류 %2의 배열이 있습니다</translation>
        </message>
        <message>
            <source>%1: has an array of %2 items, more than fit into it</source>
            <translation>%1: 항목이 %2개인 배열이 있지만 그만큼 들어갈 수 없습니다</translation>
        </message>
        <message>
            <source>%1: has the alignment %2; expected a power of two</source>
            <translation>%1: 정렬이 %2입니다. 2의 거듭제곱이어야 합니다</translation>
        </message>
        <message>
            <source>%1: tensor &quot;%2&quot; has %3 dimensions</source>
            <translation>%1: 텐서 &quot;%2&quot;이(가) %3차원입니다</translation>
        </message>
        <message>
            <source>%1: tensor &quot;%2&quot; has the unknown type %3</source>
            <translation>%1: 텐서 &quot;%2&quot;의 형식 %3을(를) 모릅니다</translation>
        </message>
        <message>
            <source>%1: tensor &quot;%2&quot; has the impossible shape %3</source>
            <translation>%1: 텐서 &quot;%2&quot;의 모양 %3은(는) 있을 수 없습니다</translation>
        </message>
        <message>
            <source>%1: tensor &quot;%2&quot; %3 of %4 has rows that are not whole blocks of %5</source>
            <translation>%1: 텐서 &quot;%2&quot; %3(%4)의 행이 %5의 블록으로 나누어떨어지지 않습니다</translation>
        </message>
        <message>
            <source>%1: tensor &quot;%2&quot; lies at %3, which is no multiple of %4</source>
            <translation>%1: 텐서 &quot;%2&quot;이(가) %3에 있습니다. %4의 배수여야 합니다</translation>
        </message>
        <message>
            <source>%1: tensor &quot;%2&quot; needs %3 bytes behind the end of the file; the download is incomplete</source>
            <translation>%1: 텐서 &quot;%2&quot;이(가) 파일 끝을 %3바이트 넘습니다. 덜 내려받은 파일입니다</translation>
        </message>
        <message>
            <source>%1: has the tensor &quot;%2&quot; twice</source>
            <translation>%1: 텐서 &quot;%2&quot;이(가) 두 번 있습니다</translation>
        </message>
        <message>
            <source>%1: tensor &quot;%2&quot; %3 can't have had the shape %4</source>
            <translation>%1: 텐서 &quot;%2&quot; %3의 원래 모양이 %4일 수 없습니다</translation>
        </message>
        <message>
            <source>%1: its pickle has more than %2 values</source>
            <translation>%1: 피클의 값이 %2개를 넘습니다</translation>
        </message>
        <message>
            <source>%1: its pickle's stack is too deep</source>
            <translation>%1: 피클의 스택이 너무 깊습니다</translation>
        </message>
        <message>
            <source>%1: its pickle's memo is too large</source>
            <translation>%1: 피클의 메모가 너무 큽니다</translation>
        </message>
        <message>
            <source>%1: its pickle is broken at byte %2: %3</source>
            <translation>%1: 피클이 %2번째 바이트에서 깨져 있습니다: %3</translation>
        </message>
        <message>
            <source>%1: wants to use &quot;%2&quot;, which no model needs; the file may be an attack. Nothing of it was run</source>
            <translation>%1: 어떤 모델에도 필요 없는 &quot;%2&quot;을(를) 쓰려 합니다. 공격용 파일일 수 있습니다. 아무것도 실행하지 않았습니다</translation>
        </message>
        <message>
            <source>%1: a tensor has the type %2</source>
            <translation>%1: 형식이 %2인 텐서가 있습니다</translation>
        </message>
        <message>
            <source>%1: a storage has the class %2</source>
            <translation>%1: 종류가 %2인 저장소가 있습니다</translation>
        </message>
        <message>
            <source>%1: is a TorchScript program, not a model's weights</source>
            <translation>%1: 모델의 가중치가 아니라 TorchScript 프로그램입니다</translation>
        </message>
        <message>
            <source>%1: is a pickle, but not a PyTorch file</source>
            <translation>%1: 피클이지만 PyTorch 파일이 아닙니다</translation>
        </message>
        <message>
            <source>%1: has the PyTorch protocol %2; expected 1001</source>
            <translation>%1: PyTorch 규약이 %2입니다. 1001이어야 합니다</translation>
        </message>
        <message>
            <source>%1: has a storage &quot;%2&quot; of %3 elements</source>
            <translation>%1: 원소가 %3개인 저장소 &quot;%2&quot;이(가) 있습니다</translation>
        </message>
        <message>
            <source>%1: unpacks to more than %2 bytes, which no model of its size does</source>
            <translation>%1: 풀면 %2바이트를 넘습니다. 이 크기의 모델로는 있을 수 없습니다</translation>
        </message>
        <message>
            <source>%1: was saved on a big-endian computer, which is not supported</source>
            <translation>%1: 지원하지 않는 빅 엔디언 컴퓨터에서 저장되었습니다</translation>
        </message>
        <message>
            <source>%1: lacks the storage &quot;%2&quot;</source>
            <translation>%1: 저장소 &quot;%2&quot;이(가) 없습니다</translation>
        </message>
        <message>
            <source>%1: has %2 bytes; a safetensors file has at least 8</source>
            <translation>%1: %2바이트입니다. safetensors 파일은 적어도 8바이트입니다</translation>
        </message>
        <message>
            <source>%1: says its header has %2 bytes; at most %3 are allowed</source>
            <translation>%1: 머리글이 %2바이트라고 합니다. %3바이트까지만 됩니다</translation>
        </message>
        <message>
            <source>%1: says its header has %2 bytes, but only %3 follow; the download is incomplete or damaged</source>
            <translation>%1: 머리글이 %2바이트라고 하지만 %3바이트만 있습니다. 덜 내려받았거나 손상된 파일입니다</translation>
        </message>
        <message>
            <source>%1: its header is nested too deeply</source>
            <translation>%1: 머리글이 너무 깊이 겹쳐 있습니다</translation>
        </message>
        <message>
            <source>%1: a tensor has more than %2 dimensions</source>
            <translation>%1: %2차원을 넘는 텐서가 있습니다</translation>
        </message>
        <message>
            <source>%1: its header has the name &quot;%2&quot; twice</source>
            <translation>%1: 머리글에 이름 &quot;%2&quot;이(가) 두 번 있습니다</translation>
        </message>
        <message>
            <source>%1: its header is not valid: %2</source>
            <translation>%1: 머리글이 올바르지 않습니다: %2</translation>
        </message>
        <message>
            <source>%1: its header is not UTF-8 text</source>
            <translation>%1: 머리글이 UTF-8 글이 아닙니다</translation>
        </message>
        <message>
            <source>%1: tensor &quot;%2&quot; has the type %3, which is not supported</source>
            <translation>%1: 텐서 &quot;%2&quot;의 형식 %3은(는) 지원하지 않습니다</translation>
        </message>
        <message>
            <source>%1: tensor &quot;%2&quot; has an impossible size</source>
            <translation>%1: 텐서 &quot;%2&quot;의 크기는 있을 수 없습니다</translation>
        </message>
        <message>
            <source>%1: tensor &quot;%2&quot; lies at %3 to %4; expected to begin at %5</source>
            <translation>%1: 텐서 &quot;%2&quot;이(가) %3~%4에 있습니다. %5에서 시작해야 합니다</translation>
        </message>
        <message>
            <source>%1: tensor &quot;%2&quot; %3 is larger than any memory</source>
            <translation>%1: 텐서 &quot;%2&quot; %3은(는) 어떤 메모리보다도 큽니다</translation>
        </message>
        <message>
            <source>%1: tensor &quot;%2&quot; %3 of %4 needs %5 bytes, its offsets give %6</source>
            <translation>%1: 텐서 &quot;%2&quot; %3(%4)에는 %5바이트가 필요하지만 위치로는 %6바이트입니다</translation>
        </message>
        <message>
            <source>%1: its tensors need %2 bytes, the file holds %3; the download is incomplete or damaged</source>
            <translation>%1: 텐서에 %2바이트가 필요하지만 파일에는 %3바이트가 있습니다. 덜 내려받았거나 손상된 파일입니다</translation>
        </message>
        <message>
            <source>%1: is JSON, but not the index of a model (it has no weight_map)</source>
            <translation>%1: JSON이지만 모델의 색인이 아닙니다(weight_map이 없습니다)</translation>
        </message>
        <message>
            <source>%1: weight_map.%2 is not a name</source>
            <translation>%1: weight_map.%2이(가) 이름이 아닙니다</translation>
        </message>
        <message>
            <source>%1: names the file &quot;%2&quot;, which lies outside of its folder</source>
            <translation>%1: 폴더 밖에 있는 파일 &quot;%2&quot;을(를) 가리킵니다</translation>
        </message>
        <message>
            <source>%1: is a broken zip archive: an entry of its directory is damaged</source>
            <translation>%1: 깨진 zip 파일입니다. 목록의 항목이 손상되었습니다</translation>
        </message>
        <message>
            <source>%1: is a broken zip archive: %2</source>
            <translation>%1: 깨진 zip 파일입니다: %2</translation>
        </message>
        <message>
            <source>%1: holds &quot;%2&quot; encrypted or packed by method %3, which is not supported</source>
            <translation>%1: &quot;%2&quot;이(가) 암호화되었거나 지원하지 않는 방식 %3(으)로 압축되었습니다</translation>
        </message>
        <message>
            <source>%1: says that &quot;%2&quot; has %3 bytes, but %4 are left</source>
            <translation>%1: &quot;%2&quot;이(가) %3바이트라고 하지만 %4바이트만 남았습니다</translation>
        </message>
        <message>
            <source>%1: holds a file of %2 bytes in an archive of %3</source>
            <translation>%1: %3바이트 압축 파일에 %2바이트 파일이 들어 있다고 합니다</translation>
        </message>
        <message>
            <source>%1: says it holds %2 files, more than fit into it</source>
            <translation>%1: 파일 %2개가 들었다고 하지만 그만큼 들어갈 수 없습니다</translation>
        </message>
        <message>
            <source>%1: tensor &quot;%2&quot; %3</source>
            <translation>%1: 텐서 &quot;%2&quot;: %3</translation>
        </message>
        <message>
            <source>%1: can't be made: %2</source>
            <translation>%1: 만들 수 없습니다: %2</translation>
        </message>
        <message>
            <source>%1: can't be written: %2</source>
            <translation>%1: 쓸 수 없습니다: %2</translation>
        </message>
        <message>
            <source>%1: can't be opened: %2</source>
            <translation>%1: 열 수 없습니다: %2</translation>
        </message>
        <message>
            <source>%1: expected %2, found the end</source>
            <translation>%1: %2이(가) 와야 하지만 끝났습니다</translation>
        </message>
        <message>
            <source>%1: expected %2, found nothing</source>
            <translation>%1: %2이(가) 와야 하지만 아무것도 없습니다</translation>
        </message>
        <message>
            <source>%1: expected %2 to %3, found %4</source>
            <translation>%1: %2~%3이어야 하지만 %4입니다</translation>
        </message>
        <message>
            <source>%1: expected %2, found &quot;%3&quot;</source>
            <translation>%1: %2이(가) 와야 하지만 &quot;%3&quot;입니다</translation>
        </message>
        <message>
            <source>%1: expected %2, found %3</source>
            <translation>%1: %2이(가) 와야 하지만 %3이(가) 있습니다</translation>
        </message>
        <message>
            <source>Memory ran out; %1</source>
            <translation>메모리가 모자랍니다. %1</translation>
        </message>
        <message>
            <source>Prompt: %1</source>
            <translation>프롬프트: %1</translation>
        </message>
        <message>
            <source>a refiner</source>
            <translation>리파이너</translation>
        </message>
        <message>
            <source>an EDM model</source>
            <translation>EDM 모델</translation>
        </message>
        <message>
            <source>a model that reads a mask or a picture beside the noise</source>
            <translation>노이즈 곁에 마스크나 그림을 읽는 모델</translation>
        </message>
        <message>
            <source>a LoRA</source>
            <translation>LoRA</translation>
        </message>
        <message>
            <source>a LoHa adapter</source>
            <translation>LoHa 어댑터</translation>
        </message>
        <message>
            <source>a LoKr adapter</source>
            <translation>LoKr 어댑터</translation>
        </message>
        <message>
            <source>an OFT adapter</source>
            <translation>OFT 어댑터</translation>
        </message>
        <message>
            <source>an IP-Adapter</source>
            <translation>IP-Adapter</translation>
        </message>
        <message>
            <source>a motion module</source>
            <translation>모션 모듈</translation>
        </message>
        <message>
            <source>an embedding</source>
            <translation>임베딩</translation>
        </message>
        <message>
            <source>an upscaler</source>
            <translation>업스케일러</translation>
        </message>
        <message>
            <source>Negative prompt</source>
            <translation>제외 프롬프트</translation>
        </message>
        <message>
            <source>sampler</source>
            <translation>샘플러</translation>
        </message>
        <message>
            <source>schedule</source>
            <translation>스케줄</translation>
        </message>
        <message>
            <source>compatibility</source>
            <translation>호환성</translation>
        </message>
        <message>
            <source>a JSON object</source>
            <translation>JSON 객체</translation>
        </message>
        <message>
            <source>a field of a request</source>
            <translation>요청의 필드</translation>
        </message>
        <message>
            <source>%1: can&apos;t be written: %2. All up to step %3 is kept in %4: start again with the same work folder to go on from there.</source>
            <translation>%1: 쓸 수 없습니다(%2). %3스텝까지는 모두 %4에 남아 있습니다. 같은 작업 폴더로 다시 시작하면 거기서 이어집니다.</translation>
        </message>
        <message>
            <source>%1: can&apos;t be written: %2. Nothing was saved before.</source>
            <translation>%1: 쓸 수 없습니다(%2). 그 전에 저장한 것은 없습니다.</translation>
        </message>
        <message>
            <source>%1: can&apos;t be written: there is one of this name again. %2 stays in the trash.</source>
            <translation>%1: 쓸 수 없습니다. 그사이 같은 이름이 다시 생겼습니다. %2은(는) 휴지통에 남아 있습니다.</translation>
        </message>
        <message>
            <source>%1. Make room there, or choose another folder</source>
            <translation>%1. 그곳에 자리를 만들거나 다른 폴더를 고르세요</translation>
        </message>
        <message>
            <source>%1. Choose a folder that may be written to</source>
            <translation>%1. 쓸 수 있는 폴더를 고르세요</translation>
        </message>
        <message>
            <source>No space left on device</source>
            <translation>장치에 남은 자리가 없음</translation>
        </message>
        <message>
            <source>Permission denied</source>
            <translation>권한이 없음</translation>
        </message>
        <message>
            <source>Is a directory</source>
            <translation>폴더임</translation>
        </message>
        <message>
            <source>there is one already</source>
            <translation>이미 있습니다</translation>
        </message>
        <message>
            <source>%1 could not get this name</source>
            <translation>%1을(를) 이 이름으로 바꾸지 못했습니다</translation>
        </message>
    </context>
    <context>
        <name>settings</name>
        <message>
            <source>Prompt</source>
            <translation>프롬프트</translation>
        </message>
        <message>
            <source>Negative prompt</source>
            <translation>제외 프롬프트</translation>
        </message>
        <message>
            <source>Model</source>
            <translation>모델</translation>
        </message>
        <message>
            <source>VAE</source>
            <translation>VAE</translation>
        </message>
        <message>
            <source>Width</source>
            <translation>너비</translation>
        </message>
        <message>
            <source>Height</source>
            <translation>높이</translation>
        </message>
        <message>
            <source>Seed</source>
            <translation>시드</translation>
        </message>
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
            <source>CFG</source>
            <translation>CFG</translation>
        </message>
        <message>
            <source>CFG rescale</source>
            <translation>CFG 재조정</translation>
        </message>
        <message>
            <source>Clip skip</source>
            <translation>Clip skip</translation>
        </message>
        <message>
            <source>Pictures</source>
            <translation>그림 수</translation>
        </message>
        <message>
            <source>Start picture</source>
            <translation>시작 그림</translation>
        </message>
        <message>
            <source>Mask</source>
            <translation>마스크</translation>
        </message>
        <message>
            <source>Strength</source>
            <translation>강도</translation>
        </message>
        <message>
            <source>As made by</source>
            <translation>따르는 프로그램</translation>
        </message>
        <message>
            <source>Template</source>
            <translation>템플릿</translation>
        </message>
        <message>
            <source>Negative template</source>
            <translation>제외 템플릿</translation>
        </message>
        <message>
            <source>Atelier Stickers</source>
            <translation>아틀리에 스티커</translation>
        </message>
        <message>
            <source>on</source>
            <translation>켬</translation>
        </message>
        <message>
            <source>off</source>
            <translation>끔</translation>
        </message>
        <message>
            <source>automatic</source>
            <translation>자동</translation>
        </message>
    </context>
    <context>
        <name>ui::ComputerPage</name>
        <message>
            <source>Computer</source>
            <translation>컴퓨터</translation>
        </message>
        <message>
            <source>Changes count from the next picture on; the one that is made goes on as it began.</source>
            <translation>바꾼 값은 다음 그림부터 쓰입니다. 지금 만드는 그림은 그대로 계속됩니다.</translation>
        </message>
        <message>
            <source>Device</source>
            <translation>장치</translation>
        </message>
        <message>
            <source>Automatic</source>
            <translation>자동</translation>
        </message>
        <message>
            <source>Processor (CPU)</source>
            <translation>프로세서(CPU)</translation>
        </message>
        <message>
            <source>NVIDIA GPU (CUDA)</source>
            <translation>NVIDIA GPU(CUDA)</translation>
        </message>
        <message>
            <source>Threads</source>
            <translation>스레드</translation>
        </message>
        <message>
            <source>one per core</source>
            <translation>코어마다 하나</translation>
        </message>
        <message>
            <source>Fewer leave more of the processor to other programs.</source>
            <translation>줄이면 다른 프로그램이 프로세서를 더 쓸 수 있습니다.</translation>
        </message>
        <message>
            <source>Memory</source>
            <translation>메모리</translation>
        </message>
        <message>
            <source>Fast: weights ready to compute</source>
            <translation>빠르게: 가중치를 계산할 형태로</translation>
        </message>
        <message>
            <source>Saving: weights as the file has them</source>
            <translation>아끼기: 가중치를 파일 그대로</translation>
        </message>
        <message>
            <source>Memory limit</source>
            <translation>메모리 한도</translation>
        </message>
        <message>
            <source>what is free</source>
            <translation>남은 만큼</translation>
        </message>
        <message>
            <source>What the program may take at most. Pictures that need more use fallbacks, and the plan says which.</source>
            <translation>프로그램이 쓸 수 있는 최대치입니다. 더 필요한 그림은 대안을 쓰며, 무엇인지는 계획에 나옵니다.</translation>
        </message>
        <message>
            <source>Precision</source>
            <translation>정밀도</translation>
        </message>
        <message>
            <source>Previews</source>
            <translation>미리 보기</translation>
        </message>
        <message>
            <source>Sharp, with TAESD where it lies</source>
            <translation>선명하게(TAESD가 있으면)</translation>
        </message>
        <message>
            <source>Rough and fast</source>
            <translation>거칠고 빠르게</translation>
        </message>
        <message>
            <source>None</source>
            <translation>없음</translation>
        </message>
        <message>
            <source>The picture in the making, after every step.</source>
            <translation>만들고 있는 그림을 단계마다 보여 줍니다.</translation>
        </message>
    </context>
    <context>
        <name>ui::Desktop</name>
        <message>
            <source>The file is no JSON, so all settings are at their defaults.</source>
            <translation>파일이 JSON이 아니어서 모든 설정이 기본값입니다.</translation>
        </message>
        <message>
            <source>A later version of Atelier wrote it; what this one knows was taken.</source>
            <translation>더 나중 버전의 Atelier가 쓴 파일이어서 이 버전이 아는 것만 읽었습니다.</translation>
        </message>
        <message>
            <source>“%1” can&apos;t be %2 and is at its default.</source>
            <translation>“%1”은(는) %2일 수 없어 기본값입니다.</translation>
        </message>
        <message>
            <source>As it was it is kept as %1.</source>
            <translation>원래 파일은 %1에 보관했습니다.</translation>
        </message>
    </context>
    <context>
        <name>ui::FoldersPage</name>
        <message>
            <source>Remove the folder from the list</source>
            <translation>목록에서 폴더 빼기</translation>
        </message>
        <message>
            <source>Folders</source>
            <translation>폴더</translation>
        </message>
        <message>
            <source>Queue, library and settings lie in %1.</source>
            <translation>대기열, 라이브러리, 설정은 %1에 있습니다.</translation>
        </message>
        <message>
            <source>Folder of pictures</source>
            <translation>그림 폴더</translation>
        </message>
        <message>
            <source>Choose…</source>
            <translation>고르기…</translation>
        </message>
        <message>
            <source>Choose the folder of pictures…</source>
            <translation>그림 폴더 고르기…</translation>
        </message>
        <message>
            <source>Pictures</source>
            <translation>그림</translation>
        </message>
        <message>
            <source>Finished pictures go here from the next one on; those that are there stay where they are.</source>
            <translation>다음 그림부터 이곳에 저장됩니다. 이미 있는 그림은 그 자리에 남습니다.</translation>
        </message>
        <message>
            <source>Names of pictures</source>
            <translation>그림 이름</translation>
        </message>
        <message>
            <source>Names</source>
            <translation>이름</translation>
        </message>
        <message>
            <source>As in A1111: [date], [seed], [prompt_words], [model_name], [width], … and / for folders; a number goes in front.</source>
            <translation>A1111과 같습니다: [date], [seed], [prompt_words], [model_name], [width], … 폴더는 /로 나눕니다. 앞에 번호가 붙습니다.</translation>
        </message>
        <message>
            <source>Folders with models</source>
            <translation>모델 폴더</translation>
        </message>
        <message>
            <source>Add a folder…</source>
            <translation>폴더 추가…</translation>
        </message>
        <message>
            <source>Look again</source>
            <translation>다시 찾기</translation>
        </message>
        <message>
            <source>Use the models of other programs where they are</source>
            <translation>다른 프로그램의 모델을 있는 자리에서 쓰기</translation>
        </message>
        <message>
            <source>Add a folder with models</source>
            <translation>모델 폴더 추가</translation>
        </message>
        <message>
            <source>Mark a folder that was added here</source>
            <translation>여기서 추가한 폴더를 고르세요</translation>
        </message>
        <message>
            <source>not used</source>
            <translation>쓰지 않음</translation>
        </message>
    </context>
    <context>
        <name>ui::GenerateButton</name>
        <message numerus="yes">
            <source>Run %n jobs</source>
            <translation>
                <numerusform>작업 %n개 실행</numerusform>
            </translation>
        </message>
    </context>
    <context>
        <name>ui::KeysPage</name>
        <message>
            <source>Take it</source>
            <translation>가져오기</translation>
        </message>
        <message>
            <source>Keys</source>
            <translation>키</translation>
        </message>
        <message>
            <source>Actions and their keys</source>
            <translation>동작과 키</translation>
        </message>
        <message>
            <source>Action</source>
            <translation>동작</translation>
        </message>
        <message>
            <source>No key</source>
            <translation>키 없음</translation>
        </message>
        <message>
            <source>As it was</source>
            <translation>원래대로</translation>
        </message>
        <message>
            <source>All as they were</source>
            <translation>모두 원래대로</translation>
        </message>
        <message>
            <source>Press the new keys here</source>
            <translation>여기에 새 키를 누르세요</translation>
        </message>
        <message>
            <source>New keys</source>
            <translation>새 키</translation>
        </message>
        <message>
            <source>%1 belongs to “%2”.</source>
            <translation>%1은(는) “%2”에서 쓰고 있습니다.</translation>
        </message>
        <message>
            <source>Changed</source>
            <translation>바꿈</translation>
        </message>
        <message>
            <source>Mark an action, put the cursor into the field and press its new keys. Single letters act only where the picture has the focus.</source>
            <translation>동작을 고르고 칸에 커서를 둔 뒤 새 키를 누르세요. 글자 하나로 된 키는 그림에 포커스가 있을 때만 동작합니다.</translation>
        </message>
        <message>
            <source>no key</source>
            <translation>키 없음</translation>
        </message>
    </context>
    <context>
        <name>ui::LookPage</name>
        <message>
            <source>Language and look</source>
            <translation>언어와 모양</translation>
        </message>
        <message>
            <source>Language</source>
            <translation>언어</translation>
        </message>
        <message>
            <source>As the system</source>
            <translation>시스템과 같이</translation>
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
            <source>All greys are without tint, so that they change no colour of a picture.</source>
            <translation>모든 회색에 색조가 없어 그림의 색을 바꾸어 보이게 하지 않습니다.</translation>
        </message>
        <message>
            <source>Contrast</source>
            <translation>대비</translation>
        </message>
        <message>
            <source>High contrast</source>
            <translation>고대비</translation>
        </message>
        <message>
            <source>Words, lines and marks stand out more.</source>
            <translation>글자와 선, 표시가 더 뚜렷해집니다.</translation>
        </message>
        <message>
            <source>Surround of pictures</source>
            <translation>그림 주변</translation>
        </message>
        <message>
            <source>The grey that a picture is judged on: the stage, the library and the mats.</source>
            <translation>그림을 놓고 보는 바탕의 회색입니다. 무대와 라이브러리, 축소판의 바탕이 됩니다.</translation>
        </message>
        <message>
            <source>Motion</source>
            <translation>움직임</translation>
        </message>
        <message>
            <source>Reduce motion</source>
            <translation>움직임 줄이기</translation>
        </message>
        <message>
            <source>Sections and news are there at once instead of moving in.</source>
            <translation>구역과 알림이 움직이지 않고 바로 나타납니다.</translation>
        </message>
        <message>
            <source>Scale</source>
            <translation>배율</translation>
        </message>
        <message>
            <source>Counts from the next start on. It goes as far as this screen has room for the window.</source>
            <translation>다음 시작부터 적용됩니다. 이 화면에 창이 들어가는 만큼만 키울 수 있습니다.</translation>
        </message>
    </context>
    <context>
        <name>ui::MemoryBar</name>
        <message>
            <source>Memory</source>
            <translation>메모리</translation>
        </message>
    </context>
    <context>
        <name>ui::NetworkPage</name>
        <message>
            <source>Network</source>
            <translation>네트워크</translation>
        </message>
        <message>
            <source>Offline</source>
            <translation>오프라인</translation>
        </message>
        <message>
            <source>While this is on, the system refuses the program every connection to another computer, whatever part of it asks (on Linux, by a seccomp filter). It is set when the program starts and can&apos;t be taken off before it ends.</source>
            <translation>켜 두면 프로그램의 어느 부분이 요청하든 시스템이 다른 컴퓨터와의 연결을 모두 거부합니다(리눅스의 seccomp 필터). 프로그램을 시작할 때 걸리며 끝나기 전에는 풀 수 없습니다.</translation>
        </message>
        <message>
            <source>Network calls of this program</source>
            <translation>이 프로그램의 네트워크 호출</translation>
        </message>
        <message>
            <source>None: there is no function that uses the network.</source>
            <translation>없음: 네트워크를 쓰는 기능이 없습니다.</translation>
        </message>
        <message>
            <source>What the system says now</source>
            <translation>지금 시스템의 답</translation>
        </message>
        <message>
            <source>A connection was tried just now: the system refused it.</source>
            <translation>방금 연결을 시도했고 시스템이 거부했습니다.</translation>
        </message>
        <message>
            <source>The system still refuses connections; from the next start on it won&apos;t.</source>
            <translation>시스템이 아직 연결을 거부합니다. 다음에 시작하면 거부하지 않습니다.</translation>
        </message>
        <message>
            <source>The system refuses connections from the next start on.</source>
            <translation>다음에 시작할 때부터 시스템이 연결을 거부합니다.</translation>
        </message>
        <message>
            <source>A connection would be possible; the program makes none.</source>
            <translation>연결할 수 있지만 프로그램은 연결하지 않습니다.</translation>
        </message>
        <message>
            <source>How many connections are open can&apos;t be read here.</source>
            <translation>열린 연결 수를 여기서는 읽을 수 없습니다.</translation>
        </message>
        <message numerus="yes">
            <source>%n connection(s) of this program are open.</source>
            <translation>
                <numerusform>이 프로그램의 열린 연결: %n개.</numerusform>
            </translation>
        </message>
    </context>
    <context>
        <name>ui::SettingsCard</name>
        <message>
            <source>Copy the settings</source>
            <translation>설정 복사</translation>
        </message>
        <message>
            <source>Close</source>
            <translation>닫기</translation>
        </message>
        <message>
            <source>Settings of the picture</source>
            <translation>그림의 설정</translation>
        </message>
        <message>
            <source>The settings are the same</source>
            <translation>설정이 같습니다</translation>
        </message>
        <message numerus="yes">
            <source>%n setting(s) differ</source>
            <translation>
                <numerusform>다른 설정 %n개</numerusform>
            </translation>
        </message>
    </context>
    <context>
        <name>ui::SettingsWindow</name>
        <message>
            <source>Settings</source>
            <translation>설정</translation>
        </message>
        <message>
            <source>Pages of the settings</source>
            <translation>설정 쪽</translation>
        </message>
        <message>
            <source>Folders</source>
            <translation>폴더</translation>
        </message>
        <message>
            <source>Computer</source>
            <translation>컴퓨터</translation>
        </message>
        <message>
            <source>Language and look</source>
            <translation>언어와 모양</translation>
        </message>
        <message>
            <source>Keys</source>
            <translation>키</translation>
        </message>
        <message>
            <source>Network</source>
            <translation>네트워크</translation>
        </message>
        <message>
            <source>Close</source>
            <translation>닫기</translation>
        </message>
        <message>
            <source>Written to %1</source>
            <translation>%1에 저장됩니다</translation>
        </message>
    </context>
    <context>
        <name>ui::StageBar</name>
        <message>
            <source>Zoom</source>
            <translation>확대</translation>
        </message>
    </context>
    <context>
        <name>ui::Toast</name>
        <message>
            <source>Close</source>
            <translation>닫기</translation>
        </message>
    </context>
    <context>
        <name>filters</name>
        <message>
            <source>since %1</source>
            <translation>%1부터</translation>
        </message>
        <message>
            <source>until %1</source>
            <translation>%1까지</translation>
        </message>
        <message>
            <source>%1 and up</source>
            <translation>%1개 이상</translation>
        </message>
        <message>
            <source>No label</source>
            <translation>라벨 없음</translation>
        </message>
        <message>
            <source>Picks</source>
            <translation>선택한 그림</translation>
        </message>
        <message>
            <source>Rejected</source>
            <translation>제외한 그림</translation>
        </message>
        <message>
            <source>No flag</source>
            <translation>깃발 없음</translation>
        </message>
        <message>
            <source>Square</source>
            <translation>정사각형</translation>
        </message>
        <message>
            <source>Portrait</source>
            <translation>세로형</translation>
        </message>
        <message>
            <source>Landscape</source>
            <translation>가로형</translation>
        </message>
        <message>
            <source>Any shape</source>
            <translation>모든 모양</translation>
        </message>
        <message>
            <source>Oldest first</source>
            <translation>오래된 순</translation>
        </message>
        <message>
            <source>Most stars first</source>
            <translation>별 많은 순</translation>
        </message>
        <message>
            <source>Newest first</source>
            <translation>최신순</translation>
        </message>
        <message>
            <source>All pictures</source>
            <translation>모든 그림</translation>
        </message>
    </context>
    <context>
        <name>marks</name>
        <message>
            <source>Red</source>
            <translation>빨강</translation>
        </message>
        <message>
            <source>Yellow</source>
            <translation>노랑</translation>
        </message>
        <message>
            <source>Green</source>
            <translation>초록</translation>
        </message>
        <message>
            <source>Blue</source>
            <translation>파랑</translation>
        </message>
        <message numerus="yes">
            <source>%n star(s)</source>
            <translation>
                <numerusform>별 %n개</numerusform>
            </translation>
        </message>
        <message>
            <source>picked</source>
            <translation>선택함</translation>
        </message>
        <message>
            <source>rejected</source>
            <translation>제외함</translation>
        </message>
        <message>
            <source>file moved</source>
            <translation>파일이 옮겨짐</translation>
        </message>
        <message>
            <source>can't be read</source>
            <translation>읽을 수 없음</translation>
        </message>
    </context>
    <context>
        <name>ui::FilterBar</name>
        <message>
            <source>Size of the pictures</source>
            <translation>그림 크기</translation>
        </message>
        <message>
            <source>Search prompts</source>
            <translation>프롬프트 검색</translation>
        </message>
        <message>
            <source>Filter</source>
            <translation>필터</translation>
        </message>
        <message>
            <source>Add a filter</source>
            <translation>필터 더하기</translation>
        </message>
        <message>
            <source>Order</source>
            <translation>순서</translation>
        </message>
        <message numerus="yes">
            <source>%n selected</source>
            <translation>
                <numerusform>%n개 선택됨</numerusform>
            </translation>
        </message>
        <message>
            <source>Without: %1</source>
            <translation>빼기: %1</translation>
        </message>
        <message numerus="yes">
            <source>%n picture(s)</source>
            <translation>
                <numerusform>그림 %n개</numerusform>
            </translation>
        </message>
        <message>
            <source>%1 of %2</source>
            <translation>%2개 중 %1개</translation>
        </message>
        <message>
            <source>looking…</source>
            <translation>찾는 중…</translation>
        </message>
        <message>
            <source>looking through the folders</source>
            <translation>폴더를 살펴보는 중</translation>
        </message>
        <message>
            <source>Stars</source>
            <translation>별</translation>
        </message>
        <message>
            <source>Flag</source>
            <translation>깃발</translation>
        </message>
        <message>
            <source>Label</source>
            <translation>라벨</translation>
        </message>
        <message>
            <source>Model</source>
            <translation>모델</translation>
        </message>
        <message>
            <source>LoRA</source>
            <translation>LoRA</translation>
        </message>
        <message>
            <source>Sampler</source>
            <translation>샘플러</translation>
        </message>
        <message>
            <source>Size</source>
            <translation>크기</translation>
        </message>
        <message>
            <source>Date</source>
            <translation>날짜</translation>
        </message>
        <message>
            <source>Clear all filters</source>
            <translation>필터 모두 지우기</translation>
        </message>
        <message>
            <source>5 stars</source>
            <translation>별 5개</translation>
        </message>
        <message>
            <source>%1 and up</source>
            <translation>%1개 이상</translation>
        </message>
        <message>
            <source>No label</source>
            <translation>라벨 없음</translation>
        </message>
        <message>
            <source>Today</source>
            <translation>오늘</translation>
        </message>
        <message>
            <source>Yesterday</source>
            <translation>어제</translation>
        </message>
        <message>
            <source>Last 7 days</source>
            <translation>지난 7일</translation>
        </message>
        <message>
            <source>Last 30 days</source>
            <translation>지난 30일</translation>
        </message>
        <message>
            <source>This year</source>
            <translation>올해</translation>
        </message>
        <message>
            <source>From … to …</source>
            <translation>기간 정하기…</translation>
        </message>
        <message>
            <source>Any date</source>
            <translation>모든 날짜</translation>
        </message>
        <message>
            <source>From</source>
            <translation>시작</translation>
        </message>
        <message>
            <source>To</source>
            <translation>끝</translation>
        </message>
        <message>
            <source>Show these</source>
            <translation>보기</translation>
        </message>
    </context>
    <context>
        <name>ui::LibraryDesk</name>
        <message>
            <source>Marks</source>
            <translation>표시</translation>
        </message>
        <message>
            <source>Watched folder</source>
            <translation>지켜보는 폴더</translation>
        </message>
        <message>
            <source>Move to the trash</source>
            <translation>휴지통으로 옮기기</translation>
        </message>
        <message>
            <source>Take out of the trash</source>
            <translation>휴지통에서 꺼내기</translation>
        </message>
        <message>
            <source>New collection</source>
            <translation>새 모음</translation>
        </message>
        <message>
            <source>Put into a collection</source>
            <translation>모음에 넣기</translation>
        </message>
        <message>
            <source>Take out of a collection</source>
            <translation>모음에서 빼기</translation>
        </message>
        <message>
            <source>Rename</source>
            <translation>이름 바꾸기</translation>
        </message>
        <message>
            <source>Remove the collection</source>
            <translation>모음 지우기</translation>
        </message>
        <message>
            <source>Keep the search</source>
            <translation>검색 저장</translation>
        </message>
        <message>
            <source>Remove the search</source>
            <translation>검색 지우기</translation>
        </message>
    </context>
    <context>
        <name>ui::LibrarySide</name>
        <message>
            <source>Library</source>
            <translation>라이브러리</translation>
        </message>
        <message>
            <source>Look through the folders again</source>
            <translation>폴더 다시 살펴보기</translation>
        </message>
        <message>
            <source>All pictures</source>
            <translation>모든 그림</translation>
        </message>
        <message>
            <source>Last import</source>
            <translation>최근 가져온 그림</translation>
        </message>
        <message>
            <source>Picks</source>
            <translation>선택한 그림</translation>
        </message>
        <message>
            <source>Trash</source>
            <translation>휴지통</translation>
        </message>
        <message>
            <source>Collections</source>
            <translation>모음</translation>
        </message>
        <message>
            <source>New collection of the selected pictures</source>
            <translation>선택한 그림으로 새 모음 만들기</translation>
        </message>
        <message>
            <source>Saved searches</source>
            <translation>저장한 검색</translation>
        </message>
        <message>
            <source>Keep this search</source>
            <translation>이 검색 저장</translation>
        </message>
        <message>
            <source>Folders</source>
            <translation>폴더</translation>
        </message>
        <message>
            <source>Import a folder and watch it</source>
            <translation>폴더를 가져오고 지켜보기</translation>
        </message>
        <message>
            <source>Remove the collection</source>
            <translation>모음 지우기</translation>
        </message>
        <message>
            <source>Remove the search</source>
            <translation>검색 지우기</translation>
        </message>
        <message>
            <source>Don't watch the folder any more</source>
            <translation>이 폴더 그만 지켜보기</translation>
        </message>
        <message>
            <source>Rename…</source>
            <translation>이름 바꾸기…</translation>
        </message>
        <message>
            <source>Rename</source>
            <translation>이름 바꾸기</translation>
        </message>
        <message>
            <source>Name</source>
            <translation>이름</translation>
        </message>
    </context>
    <context>
        <name>ui::LibraryView</name>
        <message>
            <source>The file says nothing of its settings</source>
            <translation>파일에 설정이 적혀 있지 않습니다</translation>
        </message>
        <message>
            <source>Recalled into the Generate panel</source>
            <translation>생성 패널로 불러왔습니다</translation>
        </message>
        <message>
            <source>Go there</source>
            <translation>그리로 가기</translation>
        </message>
        <message numerus="yes">
            <source>%n picture(s) copied</source>
            <translation>
                <numerusform>그림 %n개를 복사했습니다</numerusform>
            </translation>
        </message>
        <message>
            <source>Put into</source>
            <translation>모음에 넣기</translation>
        </message>
        <message>
            <source>Take out of the collection</source>
            <translation>이 모음에서 빼기</translation>
        </message>
        <message>
            <source>New collection</source>
            <translation>새 모음</translation>
        </message>
        <message>
            <source>Name</source>
            <translation>이름</translation>
        </message>
        <message numerus="yes">
            <source>Name, for %n picture(s)</source>
            <translation>
                <numerusform>그림 %n개를 담을 모음의 이름</numerusform>
            </translation>
        </message>
        <message>
            <source>Keep this search</source>
            <translation>이 검색 저장</translation>
        </message>
        <message>
            <source>Import pictures</source>
            <translation>그림 가져오기</translation>
        </message>
        <message>
            <source>Pictures (%1);;All files (*)</source>
            <translation>그림 (%1);;모든 파일 (*)</translation>
        </message>
        <message>
            <source>Import a folder and watch it</source>
            <translation>폴더를 가져오고 지켜보기</translation>
        </message>
        <message numerus="yes">
            <source>%n picture(s) moved to the trash</source>
            <translation>
                <numerusform>그림 %n개를 휴지통으로 옮겼습니다</numerusform>
            </translation>
        </message>
        <message>
            <source>Undo</source>
            <translation>실행 취소</translation>
        </message>
        <message numerus="yes">
            <source>%n picture(s) back from the trash</source>
            <translation>
                <numerusform>그림 %n개를 휴지통에서 꺼냈습니다</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>%n picture(s) imported</source>
            <translation>
                <numerusform>그림 %n개를 가져왔습니다</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>%n can't be read</source>
            <translation>
                <numerusform>%n개는 읽을 수 없습니다</numerusform>
            </translation>
        </message>
        <message>
            <source>Show them</source>
            <translation>보기</translation>
        </message>
        <message numerus="yes">
            <source>No picture matches all %n filter(s).</source>
            <translation>
                <numerusform>필터 %n개에 모두 맞는 그림이 없습니다.</numerusform>
            </translation>
        </message>
        <message>
            <source>The trash is empty.</source>
            <translation>휴지통이 비어 있습니다.</translation>
        </message>
        <message>
            <source>No pictures yet. What you make appears here.</source>
            <translation>아직 그림이 없습니다. 만든 그림이 여기에 나타납니다.</translation>
        </message>
        <message>
            <source>Clear all filters</source>
            <translation>필터 모두 지우기</translation>
        </message>
        <message>
            <source>Import a folder…</source>
            <translation>폴더 가져오기…</translation>
        </message>
    </context>
    <context>
        <name>ui::MarkRow</name>
        <message>
            <source>Pick</source>
            <translation>선택 표시</translation>
        </message>
        <message>
            <source>Reject</source>
            <translation>제외 표시</translation>
        </message>
        <message numerus="yes">
            <source>%n star(s)</source>
            <translation>
                <numerusform>별 %n개</numerusform>
            </translation>
        </message>
    </context>
    <context>
        <name>ui::PictureGrid</name>
        <message>
            <source>Pictures</source>
            <translation>그림</translation>
        </message>
        <message>
            <source>file moved</source>
            <translation>파일이 옮겨짐</translation>
        </message>
        <message>
            <source>can't be read</source>
            <translation>읽을 수 없음</translation>
        </message>
        <message>
            <source>A picture is in the making.</source>
            <translation>그림을 만드는 중입니다.</translation>
        </message>
    </context>
    <context>
        <name>ui::PictureInfo</name>
        <message>
            <source>Choose a picture to see what it was made with.</source>
            <translation>그림을 고르면 무엇으로 만들었는지 보여 줍니다.</translation>
        </message>
        <message>
            <source>Prompt</source>
            <translation>프롬프트</translation>
        </message>
        <message>
            <source>Open in the viewer</source>
            <translation>뷰어에서 열기</translation>
        </message>
        <message>
            <source>Recall</source>
            <translation>불러오기</translation>
        </message>
        <message>
            <source>All</source>
            <translation>모두</translation>
        </message>
        <message>
            <source>Remix</source>
            <translation>시드만 빼고</translation>
        </message>
        <message>
            <source>Seed</source>
            <translation>시드</translation>
        </message>
        <message>
            <source>Size</source>
            <translation>크기</translation>
        </message>
        <message numerus="yes">
            <source>For %n selected picture(s)</source>
            <translation>
                <numerusform>선택한 그림 %n개에 적용</numerusform>
            </translation>
        </message>
        <message>
            <source>Not: %1</source>
            <translation>제외: %1</translation>
        </message>
        <message>
            <source>Program</source>
            <translation>프로그램</translation>
        </message>
        <message>
            <source>Model</source>
            <translation>모델</translation>
        </message>
        <message>
            <source>Sampler</source>
            <translation>샘플러</translation>
        </message>
        <message>
            <source>Steps · CFG</source>
            <translation>단계 · CFG</translation>
        </message>
        <message>
            <source>Made</source>
            <translation>만든 때</translation>
        </message>
        <message>
            <source>Folder</source>
            <translation>폴더</translation>
        </message>
        <message>
            <source>No settings in the file</source>
            <translation>파일에 설정 없음</translation>
        </message>
        <message>
            <source>Reading the file…</source>
            <translation>파일 읽는 중…</translation>
        </message>
        <message>
            <source>Can be made again: %1 of %2</source>
            <translation>다시 만들 수 있음: %2개 중 %1개</translation>
        </message>
        <message>
            <source>Taken over: %1 of %2</source>
            <translation>옮겨 온 항목: %2개 중 %1개</translation>
        </message>
        <message>
            <source>What becomes of each field</source>
            <translation>항목마다 어떻게 되는지 보기</translation>
        </message>
        <message>
            <source>Made here, can be made again</source>
            <translation>여기서 만듦, 다시 만들 수 있음</translation>
        </message>
    </context>
    <context>
        <name>ui::PictureTiles</name>
        <message>
            <source>Picture</source>
            <translation>그림</translation>
        </message>
        <message numerus="yes">
            <source>%n picture(s) beside each other</source>
            <translation>
                <numerusform>나란히 놓은 그림 %n개</numerusform>
            </translation>
        </message>
        <message>
            <source>%1 was moved or can't be read</source>
            <translation>%1: 옮겨졌거나 읽을 수 없습니다</translation>
        </message>
    </context>
    <context>
        <name>ui::ReportWindow</name>
        <message>
            <source>identical</source>
            <translation>같음</translation>
        </message>
        <message>
            <source>translated</source>
            <translation>옮김</translation>
        </message>
        <message>
            <source>unsupported</source>
            <translation>지원 안 함</translation>
        </message>
        <message>
            <source>unknown</source>
            <translation>알 수 없음</translation>
        </message>
        <message>
            <source>Reproduction report</source>
            <translation>재현 보고서</translation>
        </message>
        <message>
            <source>Made with %1 · %2</source>
            <translation>%1(으)로 만듦 · %2</translation>
        </message>
        <message>
            <source>Result</source>
            <translation>결과</translation>
        </message>
        <message>
            <source>Field</source>
            <translation>항목</translation>
        </message>
        <message>
            <source>In the picture</source>
            <translation>그림에 적힌 값</translation>
        </message>
        <message>
            <source>Used</source>
            <translation>쓰는 값</translation>
        </message>
        <message>
            <source>Note</source>
            <translation>설명</translation>
        </message>
        <message>
            <source>Fields of the picture</source>
            <translation>그림의 항목</translation>
        </message>
        <message>
            <source>Copy the report</source>
            <translation>보고서 복사</translation>
        </message>
        <message>
            <source>Close</source>
            <translation>닫기</translation>
        </message>
        <message>
            <source>Use these settings</source>
            <translation>이 설정 쓰기</translation>
        </message>
    </context>
    <context>
        <name>ui::SideRow</name>
        <message numerus="yes">
            <source>%n picture(s)</source>
            <translation>
                <numerusform>그림 %n개</numerusform>
            </translation>
        </message>
    </context>
    <context>
        <name>report</name>
        <message>
            <source>Prompt</source>
            <translation>프롬프트</translation>
        </message>
        <message>
            <source>Negative prompt</source>
            <translation>네거티브 프롬프트</translation>
        </message>
        <message>
            <source>Parts of the prompt</source>
            <translation>프롬프트의 부분</translation>
        </message>
        <message>
            <source>Text of the first encoder</source>
            <translation>첫 인코더의 글</translation>
        </message>
        <message>
            <source>LoRAs</source>
            <translation>LoRA</translation>
        </message>
        <message>
            <source>Model</source>
            <translation>모델</translation>
        </message>
        <message>
            <source>Hash of the model</source>
            <translation>모델 해시</translation>
        </message>
        <message>
            <source>VAE</source>
            <translation>VAE</translation>
        </message>
        <message>
            <source>Width</source>
            <translation>너비</translation>
        </message>
        <message>
            <source>Height</source>
            <translation>높이</translation>
        </message>
        <message>
            <source>Seed</source>
            <translation>시드</translation>
        </message>
        <message>
            <source>Random numbers</source>
            <translation>난수</translation>
        </message>
        <message>
            <source>Steps</source>
            <translation>단계</translation>
        </message>
        <message>
            <source>Sampler</source>
            <translation>샘플러</translation>
        </message>
        <message>
            <source>Schedule</source>
            <translation>스케줄</translation>
        </message>
        <message>
            <source>CFG</source>
            <translation>CFG</translation>
        </message>
        <message>
            <source>CFG rescale</source>
            <translation>CFG 리스케일</translation>
        </message>
        <message>
            <source>Clip skip</source>
            <translation>CLIP 건너뛰기</translation>
        </message>
        <message>
            <source>Number of pictures</source>
            <translation>그림 수</translation>
        </message>
        <message>
            <source>Denoising strength</source>
            <translation>디노이즈 강도</translation>
        </message>
        <message>
            <source>Compatibility</source>
            <translation>호환</translation>
        </message>
        <message>
            <source>extra networks are left out</source>
            <translation>추가 네트워크는 뺍니다</translation>
        </message>
        <message>
            <source>only the first part is used</source>
            <translation>첫 부분만 씁니다</translation>
        </message>
        <message>
            <source>the engine, which knows the names, is not there</source>
            <translation>이름을 아는 엔진이 아직 준비되지 않았습니다</translation>
        </message>
        <message>
            <source>no sampler of this name</source>
            <translation>이런 이름의 샘플러가 없습니다</translation>
        </message>
        <message>
            <source>no schedule of this name</source>
            <translation>이런 이름의 스케줄이 없습니다</translation>
        </message>
        <message>
            <source>choose the file of this name as the model</source>
            <translation>이 이름의 파일을 모델로 고르세요</translation>
        </message>
        <message>
            <source>choose the file of this name</source>
            <translation>이 이름의 파일을 고르세요</translation>
        </message>
        <message>
            <source>random numbers as an NVIDIA GPU draws them; another GPU drew others</source>
            <translation>NVIDIA GPU가 뽑는 난수입니다. 다른 GPU는 다른 수를 뽑습니다</translation>
        </message>
        <message>
            <source>the prompt; the other text is the second prompt</source>
            <translation>프롬프트로 씁니다. 다른 글은 두 번째 프롬프트입니다</translation>
        </message>
        <message>
            <source>pictures from pictures and second passes can't be made</source>
            <translation>그림에서 만든 그림과 두 번째 단계는 만들 수 없습니다</translation>
        </message>
        <message>
            <source>not compared</source>
            <translation>비교하지 않음</translation>
        </message>
        <message>
            <source>too long to be translated</source>
            <translation>옮기기에는 너무 깁니다</translation>
        </message>
        <message>
            <source>ComfyUI weighs words against the empty prompt</source>
            <translation>ComfyUI는 빈 프롬프트를 기준으로 낱말의 무게를 잽니다</translation>
        </message>
        <message>
            <source>functions of prompts stay as text</source>
            <translation>프롬프트 함수는 글로 남습니다</translation>
        </message>
        <message>
            <source>Atelier takes numbers from %1 to %2</source>
            <translation>Atelier는 %1에서 %2까지의 수를 받습니다</translation>
        </message>
    </context>
    <context>
        <name>training</name>
        <message>
            <source>step %1</source>
            <translation>%1스텝</translation>
        </message>
        <message>
            <source>step %1 of %2</source>
            <translation>%2스텝 중 %1</translation>
        </message>
        <message>
            <source>stopping…</source>
            <translation>멈추는 중…</translation>
        </message>
        <message>
            <source>running · %1</source>
            <translation>진행 중 · %1</translation>
        </message>
        <message>
            <source>finished · step %1</source>
            <translation>끝남 · %1스텝</translation>
        </message>
        <message>
            <source>stopped · %1</source>
            <translation>멈춤 · %1</translation>
        </message>
        <message>
            <source>Stopping: the state is saved and the result written…</source>
            <translation>멈추는 중: 상태를 저장하고 결과를 씁니다…</translation>
        </message>
        <message>
            <source>The trainer starts…</source>
            <translation>학습 프로그램을 시작합니다…</translation>
        </message>
        <message>
            <source>loss %1</source>
            <translation>손실 %1</translation>
        </message>
        <message>
            <source>%1 pictures/s</source>
            <translation>초당 그림 %1장</translation>
        </message>
        <message>
            <source>%1 left</source>
            <translation>%1 남음</translation>
        </message>
        <message>
            <source>“%1” is a refiner; choose a base model</source>
            <translation>“%1”은(는) 리파이너입니다. 베이스 모델을 고르세요</translation>
        </message>
        <message>
            <source>“%1” reads a mask or a picture beside the noise; choose a base model</source>
            <translation>“%1”은(는) 노이즈와 함께 마스크나 그림을 읽습니다. 베이스 모델을 고르세요</translation>
        </message>
        <message>
            <source>“%1” is an EDM model, which can&apos;t be taught here</source>
            <translation>“%1”은(는) EDM 모델이라 여기서 가르칠 수 없습니다</translation>
        </message>
        <message>
            <source>“%1” is of a family that can&apos;t be taught here</source>
            <translation>“%1”은(는) 여기서 가르칠 수 없는 계열입니다</translation>
        </message>
        <message>
            <source>Takes about %1 GB of the GPU&apos;s memory</source>
            <translation>GPU 메모리를 %1 GB쯤 씁니다</translation>
        </message>
        <message>
            <source>Takes about %1 GB of this computer&apos;s %2 GB of memory</source>
            <translation>이 컴퓨터의 메모리 %2 GB 중 %1 GB쯤 씁니다</translation>
        </message>
        <message>
            <source>It takes about %1 GB of memory, and this computer has %2 GB; gradient checkpointing, a smaller size, fewer pictures at once or a smaller model take less</source>
            <translation>메모리가 %1 GB쯤 드는데 이 컴퓨터에는 %2 GB가 있습니다. 그래디언트 체크포인팅을 켜거나, 크기나 한 번에 배울 그림을 줄이거나, 더 작은 모델을 고르면 덜 듭니다</translation>
        </message>
    </context>
    <context>
        <name>ui::LossPlot</name>
        <message>
            <source>Loss</source>
            <translation>손실</translation>
        </message>
        <message>
            <source>No loss is known yet.</source>
            <translation>아직 손실을 모릅니다.</translation>
        </message>
        <message>
            <source>Loss %1 at step %2</source>
            <translation>%2스텝에서 손실 %1</translation>
        </message>
        <message>
            <source>The loss is drawn here from the first report on.</source>
            <translation>첫 보고가 오면 손실을 여기에 그립니다.</translation>
        </message>
    </context>
    <context>
        <name>ui::PictureListModel</name>
        <message>
            <source>The file is not there, so it is left out.</source>
            <translation>파일이 없어서 빠집니다.</translation>
        </message>
        <message>
            <source>Left out: %1</source>
            <translation>빠짐: %1</translation>
        </message>
        <message>
            <source>No caption, so it is left out.</source>
            <translation>설명이 없어서 빠집니다.</translation>
        </message>
    </context>
    <context>
        <name>ui::PicturesPane</name>
        <message>
            <source>Choose…</source>
            <translation>고르기…</translation>
        </message>
        <message>
            <source>Choose a folder of pictures, or drop one here. Each picture needs a caption: what is to be seen in it, in words.</source>
            <translation>그림 폴더를 고르거나 여기에 놓으세요. 그림마다 설명이 필요합니다. 무엇이 보이는지를 글로 적은 것입니다.</translation>
        </message>
        <message>
            <source>Caption</source>
            <translation>설명</translation>
        </message>
        <message>
            <source>Pictures to learn from</source>
            <translation>배울 그림</translation>
        </message>
        <message>
            <source>Folder of the pictures</source>
            <translation>그림 폴더</translation>
        </message>
        <message>
            <source>no folder</source>
            <translation>폴더 없음</translation>
        </message>
        <message>
            <source>Choose the folder of the pictures…</source>
            <translation>그림 폴더 고르기…</translation>
        </message>
        <message>
            <source>Pictures</source>
            <translation>그림</translation>
        </message>
        <message>
            <source>Caption of the marked picture</source>
            <translation>고른 그림의 설명</translation>
        </message>
        <message>
            <source>Choose a folder of pictures</source>
            <translation>그림 폴더 고르기</translation>
        </message>
        <message>
            <source>Caption of %1</source>
            <translation>%1의 설명</translation>
        </message>
        <message>
            <source>Saved in %1, which goes before captions.jsonl.</source>
            <translation>%1에 저장하며, captions.jsonl보다 먼저 씁니다.</translation>
        </message>
        <message>
            <source>Saved in %1 when you leave the field.</source>
            <translation>칸을 벗어나면 %1에 저장합니다.</translation>
        </message>
        <message>
            <source>There is no picture in this folder.</source>
            <translation>이 폴더에는 그림이 없습니다.</translation>
        </message>
        <message>
            <source>This folder is not there.</source>
            <translation>이 폴더가 없습니다.</translation>
        </message>
        <message>
            <source>Pictures to learn from: %1 of %2</source>
            <translation>배울 그림: %2장 중 %1장</translation>
        </message>
        <message>
            <source>can't be read: %1</source>
            <translation>읽을 수 없음: %1장</translation>
        </message>
        <message>
            <source>lines of captions.jsonl that say no picture: %1</source>
            <translation>captions.jsonl에서 그림이 없는 줄: %1</translation>
        </message>
    </context>
    <context>
        <name>ui::PlanPane</name>
        <message>
            <source>Advanced</source>
            <translation>고급</translation>
        </message>
        <message>
            <source>the model's</source>
            <translation>모델대로</translation>
        </message>
        <message>
            <source>Kind</source>
            <translation>종류</translation>
        </message>
        <message>
            <source>LoRA</source>
            <translation>LoRA</translation>
        </message>
        <message>
            <source>Embedding</source>
            <translation>임베딩</translation>
        </message>
        <message>
            <source>A LoRA learns a subject or a style; an embedding learns a word, in a much smaller file.</source>
            <translation>LoRA는 대상이나 화풍을 배우고, 임베딩은 훨씬 작은 파일로 낱말 하나를 배웁니다.</translation>
        </message>
        <message>
            <source>Name of the training</source>
            <translation>학습의 이름</translation>
        </message>
        <message>
            <source>for example ink</source>
            <translation>예: ink</translation>
        </message>
        <message>
            <source>The name of the file, and the word that prompts call it by</source>
            <translation>파일 이름이자 프롬프트에서 부르는 말</translation>
        </message>
        <message>
            <source>Name</source>
            <translation>이름</translation>
        </message>
        <message>
            <source>Model that learns</source>
            <translation>배울 모델</translation>
        </message>
        <message>
            <source>What is learnt fits this model and others of its family.</source>
            <translation>배운 것은 이 모델과 같은 계열의 모델에 맞습니다.</translation>
        </message>
        <message>
            <source>Model</source>
            <translation>모델</translation>
        </message>
        <message>
            <source>Atelier Stickers</source>
            <translation>아틀리에 스티커</translation>
        </message>
        <message>
            <source>Learning rate over time</source>
            <translation>시간에 따른 학습률</translation>
        </message>
        <message>
            <source>Constant</source>
            <translation>일정하게</translation>
        </message>
        <message>
            <source>Falls as a cosine</source>
            <translation>코사인으로 줄임</translation>
        </message>
        <message>
            <source>Schedule</source>
            <translation>일정</translation>
        </message>
        <message>
            <source>Steps</source>
            <translation>스텝</translation>
        </message>
        <message>
            <source>Where the training ends; 0: it goes on until it is stopped</source>
            <translation>학습이 끝나는 곳. 0: 멈출 때까지 이어집니다</translation>
        </message>
        <message>
            <source>Learning rate</source>
            <translation>학습률</translation>
        </message>
        <message>
            <source>How far a step goes</source>
            <translation>한 스텝에 나아가는 정도</translation>
        </message>
        <message>
            <source>Rank</source>
            <translation>랭크</translation>
        </message>
        <message>
            <source>How much a LoRA can hold; its file grows with it</source>
            <translation>LoRA가 담을 수 있는 양. 파일도 그만큼 커집니다</translation>
        </message>
        <message>
            <source>Alpha</source>
            <translation>알파</translation>
        </message>
        <message>
            <source>The strength of what is learnt is alpha divided by the rank</source>
            <translation>배운 것의 세기는 알파를 랭크로 나눈 값입니다</translation>
        </message>
        <message>
            <source>Vectors</source>
            <translation>벡터</translation>
        </message>
        <message>
            <source>How many tokens the word takes in a prompt</source>
            <translation>프롬프트에서 낱말이 차지하는 토큰 수</translation>
        </message>
        <message>
            <source>Begin as</source>
            <translation>시작 낱말</translation>
        </message>
        <message>
            <source>Words whose meaning it begins with</source>
            <translation>처음 뜻으로 삼을 낱말</translation>
        </message>
        <message>
            <source>Warm-up steps</source>
            <translation>예열 스텝</translation>
        </message>
        <message>
            <source>Steps in which the learning rate rises</source>
            <translation>학습률이 올라가는 스텝 수</translation>
        </message>
        <message>
            <source>Min-SNR limit</source>
            <translation>Min-SNR 한계</translation>
        </message>
        <message>
            <source>Keeps easy noise levels from outweighing the others; 0: off</source>
            <translation>쉬운 노이즈 단계가 나머지를 누르지 않게 합니다. 0: 끔</translation>
        </message>
        <message>
            <source>Noise offset</source>
            <translation>노이즈 오프셋</translation>
        </message>
        <message>
            <source>Noise of the whole picture's brightness, for very dark or bright ones</source>
            <translation>그림 전체의 밝기에 더하는 노이즈. 아주 어둡거나 밝은 그림에 씁니다</translation>
        </message>
        <message>
            <source>Running average</source>
            <translation>이동 평균</translation>
        </message>
        <message>
            <source>Writes the average that keeps this share in a step, like 0.99; 0: the last state</source>
            <translation>한 스텝에 이만큼(예: 0.99)을 간직하는 평균을 씁니다. 0: 마지막 상태</translation>
        </message>
        <message>
            <source>Pictures at once</source>
            <translation>한 번에 배울 그림</translation>
        </message>
        <message>
            <source>More need more memory</source>
            <translation>많을수록 메모리가 더 듭니다</translation>
        </message>
        <message>
            <source>Batches in a step</source>
            <translation>한 스텝의 배치 수</translation>
        </message>
        <message>
            <source>Makes a step as if so many batches were one</source>
            <translation>이만큼의 배치를 하나처럼 묶어 한 스텝을 갑니다</translation>
        </message>
        <message>
            <source>Size</source>
            <translation>크기</translation>
        </message>
        <message>
            <source>Pictures are brought to about so many pixels squared</source>
            <translation>그림을 가로세로 이 정도 픽셀로 맞춥니다</translation>
        </message>
        <message>
            <source>The text encoder learns, too</source>
            <translation>텍스트 인코더도 배우기</translation>
        </message>
        <message>
            <source>Without it only the UNet learns</source>
            <translation>끄면 UNet만 배웁니다</translation>
        </message>
        <message>
            <source>Convolutions learn, too</source>
            <translation>합성곱도 배우기</translation>
        </message>
        <message>
            <source>Residual blocks and resamplers, too: a larger file</source>
            <translation>잔차 블록과 크기 바꿈 층도 배웁니다. 파일이 커집니다</translation>
        </message>
        <message>
            <source>Gradient checkpointing</source>
            <translation>그래디언트 체크포인팅</translation>
        </message>
        <message>
            <source>Less memory, about a third more time</source>
            <translation>메모리는 덜 들고 시간은 3분의 1쯤 더 듭니다</translation>
        </message>
        <message>
            <source>Steps between samples</source>
            <translation>견본 사이 스텝</translation>
        </message>
        <message>
            <source>0: none are made</source>
            <translation>0: 만들지 않음</translation>
        </message>
        <message>
            <source>Steps between copies</source>
            <translation>사본 사이 스텝</translation>
        </message>
        <message>
            <source>Copies of the result that stay, to compare them; 0: none</source>
            <translation>견주어 보려고 남겨 두는 결과의 사본. 0: 없음</translation>
        </message>
        <message>
            <source>Minutes between saves</source>
            <translation>저장 간격(분)</translation>
        </message>
        <message>
            <source>What a sudden end can lose</source>
            <translation>갑자기 끝나면 잃을 수 있는 시간</translation>
        </message>
        <message>
            <source>Weights, what learns, and what a step keeps for the gradients. The size, pictures at once and gradient checkpointing change it.</source>
            <translation>가중치, 배우는 수, 한 스텝이 그래디언트를 위해 간직하는 것입니다. 크기, 한 번에 배울 그림, 그래디언트 체크포인팅에 따라 달라집니다.</translation>
        </message>
        <message>
            <source>Seed of the training</source>
            <translation>학습의 시드</translation>
        </message>
        <message>
            <source>Of order, noise and first weights; with the same one a training on a CPU gives the same file again</source>
            <translation>순서와 노이즈와 처음 가중치의 시드. CPU에서는 시드가 같으면 같은 파일이 나옵니다</translation>
        </message>
        <message>
            <source>Seed</source>
            <translation>시드</translation>
        </message>
        <message>
            <source>Prompts of the samples</source>
            <translation>견본의 프롬프트</translation>
        </message>
        <message>
            <source>one per line; empty: the first captions</source>
            <translation>한 줄에 하나. 비우면 처음 설명들</translation>
        </message>
        <message>
            <source>Each is drawn whenever samples are made, always from the same noise</source>
            <translation>견본을 만들 때마다 하나하나 늘 같은 노이즈에서 그립니다</translation>
        </message>
        <message>
            <source>Sample prompts</source>
            <translation>견본 프롬프트</translation>
        </message>
    </context>
    <context>
        <name>ui::RunPane</name>
        <message>
            <source>Start training</source>
            <translation>학습 시작</translation>
        </message>
        <message>
            <source>Stop</source>
            <translation>멈추기</translation>
        </message>
        <message>
            <source>Use it</source>
            <translation>쓰기</translation>
        </message>
        <message>
            <source>Left out</source>
            <translation>빠진 것</translation>
        </message>
        <message>
            <source>Pictures that were left out</source>
            <translation>빠진 그림</translation>
        </message>
        <message>
            <source>Puts it into the prompt and goes to Generate</source>
            <translation>프롬프트에 넣고 생성 화면으로 갑니다</translation>
        </message>
        <message>
            <source>Resume</source>
            <translation>이어서 하기</translation>
        </message>
        <message>
            <source>End at once</source>
            <translation>바로 끝내기</translation>
        </message>
        <message>
            <source>What was learnt since the last saved state is lost</source>
            <translation>마지막 저장 뒤에 배운 것은 잃습니다</translation>
        </message>
        <message>
            <source>Saves the state and writes what was learnt so far; it can go on later</source>
            <translation>상태를 저장하고 지금까지 배운 것을 씁니다. 나중에 이어서 할 수 있습니다</translation>
        </message>
    </context>
    <context>
        <name>ui::TrainingBar</name>
        <message>
            <source>Progress of the training</source>
            <translation>학습 진행</translation>
        </message>
    </context>
    <context>
        <name>ui::TrainingDesk</name>
        <message>
            <source>The trainer ended without saying why. What it last saved is kept.</source>
            <translation>학습 프로그램이 까닭을 알리지 않고 끝났습니다. 마지막에 저장한 것은 남아 있습니다.</translation>
        </message>
        <message>
            <source>“%1” is running and writes to its folder; stop it first</source>
            <translation>“%1” 학습 중이라 폴더를 쓰고 있습니다. 먼저 멈추세요</translation>
        </message>
        <message>
            <source>“%1” is being renamed</source>
            <translation>“%1”의 이름을 바꾸는 중입니다</translation>
        </message>
        <message>
            <source>A training needs a name</source>
            <translation>학습에는 이름이 있어야 합니다</translation>
        </message>
        <message>
            <source>A name has no spaces around it and none of / \ : &lt; &gt; ( ) [ ] { } | , &quot;</source>
            <translation>이름 앞뒤에는 빈칸이 없고 / \ : &lt; &gt; ( ) [ ] { } | , &quot; 도 쓸 수 없습니다</translation>
        </message>
        <message>
            <source>The name “%1” is taken</source>
            <translation>“%1”은(는) 이미 있는 이름입니다</translation>
        </message>
    </context>
    <context>
        <name>ui::TrainingWindow</name>
        <message>
            <source>Training</source>
            <translation>학습</translation>
        </message>
        <message>
            <source>Not all pictures were added</source>
            <translation>그림을 모두 더하지는 못했습니다</translation>
        </message>
        <message>
            <source>These are there already or are no pictures: %1</source>
            <translation>이미 있거나 그림이 아닌 것: %1</translation>
        </message>
        <message>
            <source>Reading what trainings there are…</source>
            <translation>학습 목록을 읽는 중…</translation>
        </message>
        <message>
            <source>Choose a folder of pictures</source>
            <translation>그림 폴더를 고르세요</translation>
        </message>
        <message>
            <source>No picture of the folder has a caption</source>
            <translation>폴더의 그림에 설명이 하나도 없습니다</translation>
        </message>
        <message>
            <source>Give the training a name</source>
            <translation>학습에 이름을 붙이세요</translation>
        </message>
        <message>
            <source>A name has no spaces around it and none of / \ : &lt; &gt; ( ) [ ] { } | , "</source>
            <translation>이름 앞뒤에는 빈칸이 없고 / \ : &lt; &gt; ( ) [ ] { } | , " 도 쓸 수 없습니다</translation>
        </message>
        <message>
            <source>The name “%1” is taken</source>
            <translation>“%1”은(는) 이미 있는 이름입니다</translation>
        </message>
        <message>
            <source>A cosine needs to know how many steps there are</source>
            <translation>코사인으로 줄이려면 스텝 수를 정해야 합니다</translation>
        </message>
        <message>
            <source>More steps are needed to go on</source>
            <translation>이어서 하려면 스텝을 늘리세요</translation>
        </message>
        <message>
            <source>“%1” is running; one at a time</source>
            <translation>“%1” 학습 중입니다. 한 번에 하나만 할 수 있습니다</translation>
        </message>
        <message>
            <source>A file could not be used</source>
            <translation>파일을 쓸 수 없었습니다</translation>
        </message>
        <message>
            <source>The training “%1” ended</source>
            <translation>“%1” 학습이 끝났습니다</translation>
        </message>
        <message>
            <source>“%1” moved to the trash; what it taught stays</source>
            <translation>“%1”을(를) 휴지통으로 옮겼습니다. 배운 결과는 남아 있습니다</translation>
        </message>
        <message>
            <source>Undo</source>
            <translation>실행 취소</translation>
        </message>
        <message>
            <source>“%1” back from the trash</source>
            <translation>“%1”을(를) 휴지통에서 꺼냈습니다</translation>
        </message>
        <message>
            <source>“%1” moved to the trash</source>
            <translation>“%1”을(를) 휴지통으로 옮겼습니다</translation>
        </message>
    </context>
    <context>
        <name>look</name>
        <message>
            <source>As the theme has it</source>
            <translation>테마에 따라</translation>
        </message>
        <message>
            <source>Black</source>
            <translation>검정</translation>
        </message>
        <message>
            <source>Dark grey, L* 20</source>
            <translation>어두운 회색, L* 20</translation>
        </message>
        <message>
            <source>Middle grey, L* 50</source>
            <translation>중간 회색, L* 50</translation>
        </message>
        <message>
            <source>Light grey, L* 80</source>
            <translation>밝은 회색, L* 80</translation>
        </message>
        <message>
            <source>White</source>
            <translation>흰색</translation>
        </message>
    </context>
</TS>
