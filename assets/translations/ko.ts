<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="ko_KR" sourcelanguage="en">
 <context>
  <name>engine</name>
  <message>
   <source>1</source>
   <translation>1</translation>
  </message>
  <message>
   <source>1/√ decay</source>
   <translation>1/√ 감소</translation>
  </message>
  <message>
   <source>2</source>
   <translation>2</translation>
  </message>
  <message>
   <source>2 × {units} hidden units</source>
   <translation>은닉 유닛 2 × {units}개</translation>
  </message>
  <message>
   <source>3</source>
   <translation>3</translation>
  </message>
  <message>
   <source>4</source>
   <translation>4</translation>
  </message>
  <message>
   <source>5</source>
   <translation>5</translation>
  </message>
  <message>
   <source>A class or a number; auto: classes for texts and for a few whole numbers</source>
   <translation>클래스 또는 수. 자동이면 글자이거나 정수가 몇 가지뿐일 때 클래스입니다</translation>
  </message>
  <message>
   <source>A CSV file of a detector; empty: the sample month</source>
   <translation>차량검지기의 CSV 파일. 비우면 예제 한 달 자료를 씁니다</translation>
  </message>
  <message>
   <source>A CSV file; empty: the built-in table</source>
   <translation>CSV 파일. 비우면 내장 표를 씁니다</translation>
  </message>
  <message>
   <source>A kernel of {kernel} steps does not fit into {steps} steps.</source>
   <translation>시점 {kernel}개짜리 커널이 시점 {steps}개에 들어가지 않습니다.</translation>
  </message>
  <message>
   <source>A layer cannot be called {name}; choose a free name.</source>
   <translation>층의 이름으로 {name}을(를) 쓸 수 없습니다. 쓰지 않은 이름을 고르세요.</translation>
  </message>
  <message>
   <source>a list of at least {low} {values}</source>
   <translation>{values} {low}개 이상의 목록</translation>
  </message>
  <message>
   <source>a list of {low} to {high} {values}</source>
   <translation>{values} {low}~{high}개의 목록</translation>
  </message>
  <message>
   <source>A network begins with its input and ends with its output.</source>
   <translation>신경망은 입력으로 시작하고 출력으로 끝나야 합니다.</translation>
  </message>
  <message>
   <source>a number</source>
   <translation>수</translation>
  </message>
  <message>
   <source>A padding of {padding} is more than half of a window of {size}.</source>
   <translation>패딩 {padding}은(는) 크기 {size}인 창의 절반보다 큽니다.</translation>
  </message>
  <message>
   <source>a part of its path is no folder</source>
   <translation>경로의 일부가 폴더가 아닙니다</translation>
  </message>
  <message>
   <source>A plain text file; empty: the built-in text</source>
   <translation>일반 텍스트 파일입니다. 비우면 내장 글을 씁니다</translation>
  </message>
  <message>
   <source>a whole number</source>
   <translation>정수</translation>
  </message>
  <message>
   <source>A window of {size} steps does not fit into {steps} steps.</source>
   <translation>시점 {size}개짜리 창이 시점 {steps}개에 들어가지 않습니다.</translation>
  </message>
  <message>
   <source>A wire from {source} to {target} would lead back to itself.</source>
   <translation>{source}에서 {target}(으)로 가는 연결은 자기 자신으로 되돌아옵니다.</translation>
  </message>
  <message>
   <source>A {kernel}×{kernel} kernel does not fit into {shape}.</source>
   <translation>{kernel}×{kernel} 커널이 {shape} 크기에 들어가지 않습니다.</translation>
  </message>
  <message>
   <source>A {size}×{size} window does not fit into {shape}.</source>
   <translation>{size}×{size} 창이 {shape} 크기에 들어가지 않습니다.</translation>
  </message>
  <message>
   <source>Activation</source>
   <translation>활성화 함수</translation>
  </message>
  <message>
   <source>Activation function</source>
   <translation>활성화 함수</translation>
  </message>
  <message>
   <source>Adagrad</source>
   <translation>Adagrad</translation>
  </message>
  <message>
   <source>Adam</source>
   <translation>Adam</translation>
  </message>
  <message>
   <source>AdamW</source>
   <translation>AdamW</translation>
  </message>
  <message>
   <source>Add</source>
   <translation>더하기</translation>
  </message>
  <message>
   <source>An array in the file is damaged.</source>
   <translation>파일에 든 배열이 손상되었습니다.</translation>
  </message>
  <message>
   <source>Answer at every step</source>
   <translation>모든 시점에서 답하기</translation>
  </message>
  <message>
   <source>As large as β, m is a mean</source>
   <translation>β와 같으면 m은 평균이 됩니다</translation>
  </message>
  <message>
   <source>At epochs</source>
   <translation>적용할 에포크</translation>
  </message>
  <message>
   <source>At most so many letters</source>
   <translation>글자 수의 상한</translation>
  </message>
  <message>
   <source>Attention</source>
   <translation>어텐션</translation>
  </message>
  <message>
   <source>auto</source>
   <translation>자동</translation>
  </message>
  <message>
   <source>Avg pool 1D</source>
   <translation>평균 풀링층 1D</translation>
  </message>
  <message>
   <source>Avg pool 2D</source>
   <translation>평균 풀링층 2D</translation>
  </message>
  <message>
   <source>Axes</source>
   <translation>축</translation>
  </message>
  <message>
   <source>axes {axes}</source>
   <translation>축 {axes}</translation>
  </message>
  <message>
   <source>backward</source>
   <translation>역방향</translation>
  </message>
  <message>
   <source>balanced</source>
   <translation>균형</translation>
  </message>
  <message>
   <source>Basic</source>
   <translation>기본</translation>
  </message>
  <message>
   <source>Batch norm</source>
   <translation>배치 정규화</translation>
  </message>
  <message>
   <source>Batch size</source>
   <translation>배치 크기</translation>
  </message>
  <message>
   <source>Below 1, likely tokens become likelier; 0 always takes the likeliest</source>
   <translation>1보다 작으면 확률이 높은 토큰이 더 자주 나오고, 0이면 항상 확률이 가장 높은 토큰을 고릅니다</translation>
  </message>
  <message>
   <source>Binary cross-entropy</source>
   <translation>이진 교차 엔트로피</translation>
  </message>
  <message>
   <source>both</source>
   <translation>양방향</translation>
  </message>
  <message>
   <source>Bound</source>
   <translation>한계</translation>
  </message>
  <message>
   <source>built-in</source>
   <translation>내장</translation>
  </message>
  <message>
   <source>Built-in table</source>
   <translation>내장 표</translation>
  </message>
  <message>
   <source>By how much it drops</source>
   <translation>한 번에 줄어드는 비율</translation>
  </message>
  <message>
   <source>By the error function, or by tanh</source>
   <translation>오차 함수로 계산하거나 tanh로 근사합니다</translation>
  </message>
  <message>
   <source>Captions of digits</source>
   <translation>숫자 이름 쓰기</translation>
  </message>
  <message>
   <source>causal</source>
   <translation>인과적</translation>
  </message>
  <message>
   <source>Causal mask</source>
   <translation>인과 마스크</translation>
  </message>
  <message>
   <source>Centres</source>
   <translation>중심</translation>
  </message>
  <message>
   <source>character</source>
   <translation>글자</translation>
  </message>
  <message>
   <source>Class weights</source>
   <translation>클래스 가중치</translation>
  </message>
  <message>
   <source>classes</source>
   <translation>클래스</translation>
  </message>
  <message>
   <source>Clip norm</source>
   <translation>기울기 노름 상한</translation>
  </message>
  <message>
   <source>Clip value</source>
   <translation>기울기 값 상한</translation>
  </message>
  <message>
   <source>Cloud</source>
   <translation>점 모양</translation>
  </message>
  <message>
   <source>Columns of A and rows of B</source>
   <translation>A의 열과 B의 행의 개수</translation>
  </message>
  <message>
   <source>Concatenate</source>
   <translation>이어붙이기</translation>
  </message>
  <message>
   <source>Constant</source>
   <translation>일정</translation>
  </message>
  <message>
   <source>Constant r</source>
   <translation>상수 r</translation>
  </message>
  <message>
   <source>Context length</source>
   <translation>문맥 길이</translation>
  </message>
  <message>
   <source>Conv 1D</source>
   <translation>합성곱층 1D</translation>
  </message>
  <message>
   <source>Conv 2D</source>
   <translation>합성곱층 2D</translation>
  </message>
  <message>
   <source>Copies</source>
   <translation>복사본 수</translation>
  </message>
  <message>
   <source>Cosine decay</source>
   <translation>코사인 감소</translation>
  </message>
  <message>
   <source>Cross-entropy</source>
   <translation>교차 엔트로피</translation>
  </message>
  <message>
   <source>Cross-entropy compares classes, but {layer} has a single unit.</source>
   <translation>교차 엔트로피는 클래스를 비교하는데 {layer}의 유닛이 하나뿐입니다.</translation>
  </message>
  <message>
   <source>CuPy finds no CUDA device; check the driver or train on the CPU.</source>
   <translation>CuPy가 CUDA 장치를 찾지 못했습니다. 드라이버를 확인하거나 CPU로 학습하세요.</translation>
  </message>
  <message>
   <source>CuPy is not installed, so CUDA cannot be used; install the extra cuda12 or cuda13.</source>
   <translation>CuPy가 설치되어 있지 않아 CUDA를 쓸 수 없습니다. 추가 구성 cuda12 또는 cuda13을 설치하세요.</translation>
  </message>
  <message>
   <source>Damping τ</source>
   <translation>감쇠 τ</translation>
  </message>
  <message>
   <source>data of the task</source>
   <translation>과제의 데이터</translation>
  </message>
  <message>
   <source>Decay of each epoch</source>
   <translation>에포크마다 줄어드는 비율</translation>
  </message>
  <message>
   <source>Degree</source>
   <translation>차수</translation>
  </message>
  <message>
   <source>Degree d</source>
   <translation>차수 d</translation>
  </message>
  <message>
   <source>Delimiter</source>
   <translation>구분 기호</translation>
  </message>
  <message>
   <source>Dense</source>
   <translation>밀집층</translation>
  </message>
  <message>
   <source>Dense at every step</source>
   <translation>시점별 밀집층</translation>
  </message>
  <message>
   <source>Depth α</source>
   <translation>깊이 α</translation>
  </message>
  <message>
   <source>Dilation</source>
   <translation>팽창 간격</translation>
  </message>
  <message>
   <source>Direction</source>
   <translation>방향</translation>
  </message>
  <message>
   <source>Distribution</source>
   <translation>분포</translation>
  </message>
  <message>
   <source>Draw</source>
   <translation>추출</translation>
  </message>
  <message>
   <source>drop rows</source>
   <translation>행 제외</translation>
  </message>
  <message>
   <source>Dropout</source>
   <translation>드롭아웃</translation>
  </message>
  <message>
   <source>Early stopping</source>
   <translation>조기 종료</translation>
  </message>
  <message>
   <source>Elastic net</source>
   <translation>엘라스틱 넷</translation>
  </message>
  <message>
   <source>ELU</source>
   <translation>ELU</translation>
  </message>
  <message>
   <source>Embedding</source>
   <translation>임베딩</translation>
  </message>
  <message>
   <source>Encoding</source>
   <translation>인코딩</translation>
  </message>
  <message>
   <source>english</source>
   <translation>영어</translation>
  </message>
  <message>
   <source>English to French</source>
   <translation>영어 → 프랑스어</translation>
  </message>
  <message>
   <source>English to Korean</source>
   <translation>영어 → 한국어</translation>
  </message>
  <message>
   <source>Epochs</source>
   <translation>에포크 수</translation>
  </message>
  <message>
   <source>epochs</source>
   <translation>에포크</translation>
  </message>
  <message>
   <source>equal</source>
   <translation>같게</translation>
  </message>
  <message>
   <source>exact</source>
   <translation>정확한 식</translation>
  </message>
  <message>
   <source>Exam</source>
   <translation>시험</translation>
  </message>
  <message>
   <source>Exponential decay</source>
   <translation>지수 감소</translation>
  </message>
  <message>
   <source>f(z) falls to −α</source>
   <translation>f(z)가 −α까지 내려갑니다</translation>
  </message>
  <message>
   <source>Factor</source>
   <translation>배율</translation>
  </message>
  <message>
   <source>Factor on the weights</source>
   <translation>가중치에 곱하는 값</translation>
  </message>
  <message>
   <source>Factor on x·c</source>
   <translation>x·c에 곱하는 값</translation>
  </message>
  <message>
   <source>Factor γ</source>
   <translation>비율 γ</translation>
  </message>
  <message>
   <source>Feature crosses</source>
   <translation>특성 교차</translation>
  </message>
  <message>
   <source>Feed-forward units</source>
   <translation>피드포워드 유닛 수</translation>
  </message>
  <message>
   <source>File</source>
   <translation>파일</translation>
  </message>
  <message>
   <source>Filters</source>
   <translation>필터</translation>
  </message>
  <message>
   <source>Final factor</source>
   <translation>마지막 비율</translation>
  </message>
  <message>
   <source>Fitted on the training part: to 0 … 1, or to mean 0 and standard deviation 1</source>
   <translation>학습용 데이터에 맞춥니다. 0에서 1까지, 또는 평균 0과 표준편차 1</translation>
  </message>
  <message>
   <source>Fixes data, weights and shuffling</source>
   <translation>데이터, 가중치, 섞는 순서를 정합니다</translation>
  </message>
  <message>
   <source>Fixes what is drawn</source>
   <translation>무엇을 뽑을지 정합니다</translation>
  </message>
  <message>
   <source>Flatten</source>
   <translation>펼치기</translation>
  </message>
  <message>
   <source>Folder</source>
   <translation>폴더</translation>
  </message>
  <message>
   <source>Form</source>
   <translation>식</translation>
  </message>
  <message>
   <source>forward</source>
   <translation>정방향</translation>
  </message>
  <message>
   <source>From which language into which</source>
   <translation>어느 언어에서 어느 언어로 옮길지</translation>
  </message>
  <message>
   <source>from {first} to the end</source>
   <translation>{first}부터 끝까지</translation>
  </message>
  <message>
   <source>Gain</source>
   <translation>배율</translation>
  </message>
  <message>
   <source>Gate</source>
   <translation>게이트</translation>
  </message>
  <message>
   <source>GELU</source>
   <translation>GELU</translation>
  </message>
  <message>
   <source>Give [h, c] rather than h, as a decoder needs it that begins where the encoder ends</source>
   <translation>h 대신 [h, c]를 내보냅니다. 인코더가 끝난 상태에서 디코더가 시작할 때 필요합니다</translation>
  </message>
  <message>
   <source>Give it weights of its own</source>
   <translation>따로 가중치 두기</translation>
  </message>
  <message>
   <source>Global avg pool</source>
   <translation>전역 평균 풀링층</translation>
  </message>
  <message>
   <source>GRU</source>
   <translation>GRU</translation>
  </message>
  <message>
   <source>Handwritten digits</source>
   <translation>손글씨 숫자</translation>
  </message>
  <message>
   <source>Hard tanh</source>
   <translation>하드 tanh</translation>
  </message>
  <message>
   <source>He (Kaiming)</source>
   <translation>He(Kaiming)</translation>
  </message>
  <message>
   <source>Head size d_k</source>
   <translation>헤드 크기 d_k</translation>
  </message>
  <message>
   <source>Header</source>
   <translation>머리글</translation>
  </message>
  <message>
   <source>Heads</source>
   <translation>헤드 수</translation>
  </message>
  <message>
   <source>Hidden share</source>
   <translation>가리는 비율</translation>
  </message>
  <message>
   <source>Horizon</source>
   <translation>예측 시점</translation>
  </message>
  <message>
   <source>How alike two points are taken to be</source>
   <translation>두 점이 얼마나 비슷한지 재는 방법</translation>
  </message>
  <message>
   <source>How far a filter moves each time</source>
   <translation>필터가 한 번에 움직이는 거리</translation>
  </message>
  <message>
   <source>How far apart the values are that a filter sees</source>
   <translation>필터가 보는 값들 사이의 간격</translation>
  </message>
  <message>
   <source>How far each update goes</source>
   <translation>한 번 갱신할 때 나아가는 정도</translation>
  </message>
  <message>
   <source>How far one training sample begins after another one</source>
   <translation>학습 표본의 시작 위치 사이의 간격입니다</translation>
  </message>
  <message>
   <source>How far points stray</source>
   <translation>점이 흩어지는 정도</translation>
  </message>
  <message>
   <source>How far the window moves</source>
   <translation>창이 움직이는 거리</translation>
  </message>
  <message>
   <source>How fast the kernel falls</source>
   <translation>커널 값이 얼마나 빨리 줄어드는지</translation>
  </message>
  <message>
   <source>How many are drawn</source>
   <translation>뽑는 개수</translation>
  </message>
  <message>
   <source>How many are drawn at most</source>
   <translation>최대로 뽑는 개수</translation>
  </message>
  <message>
   <source>How many attend side by side</source>
   <translation>나란히 동작하는 어텐션의 수</translation>
  </message>
  <message>
   <source>How many different letters there are</source>
   <translation>서로 다른 글자의 수</translation>
  </message>
  <message>
   <source>How many gradients it remembers</source>
   <translation>기억하는 기울기의 개수</translation>
  </message>
  <message>
   <source>How many images the network learns from</source>
   <translation>신경망이 학습하는 이미지의 수</translation>
  </message>
  <message>
   <source>How many images the network learns from; 0 takes all but the tenth that validates</source>
   <translation>신경망이 학습하는 이미지 수. 0이면 검증용 10분의 1을 뺀 전부를 씁니다</translation>
  </message>
  <message>
   <source>How many inputs are multiplied</source>
   <translation>몇 개의 입력을 곱할지</translation>
  </message>
  <message>
   <source>How many neurons the layer has</source>
   <translation>층에 있는 뉴런의 수</translation>
  </message>
  <message>
   <source>How many numbers stand for a word</source>
   <translation>단어 하나를 나타내는 수의 개수</translation>
  </message>
  <message>
   <source>How many numbers the state holds</source>
   <translation>은닉 상태를 이루는 수의 개수</translation>
  </message>
  <message>
   <source>How many of the likeliest tokens are drawn from; 0 draws from all</source>
   <translation>확률이 높은 순서로 이만큼의 토큰에서만 뽑습니다. 0이면 모두에서 뽑습니다</translation>
  </message>
  <message>
   <source>How many patterns are sought</source>
   <translation>찾을 패턴의 수</translation>
  </message>
  <message>
   <source>How many points are drawn</source>
   <translation>만들어 내는 점의 수</translation>
  </message>
  <message>
   <source>How many rows ahead the forecast is; 0 predicts the target from the other columns at the same time</source>
   <translation>몇 행 뒤를 예측하는지. 0이면 같은 시각의 다른 열로 예측합니다</translation>
  </message>
  <message>
   <source>How many rows back the network sees</source>
   <translation>신경망이 몇 행 전까지 보는지 정합니다</translation>
  </message>
  <message>
   <source>How many steps a window spans</source>
   <translation>창 하나에 들어가는 시점 수</translation>
  </message>
  <message>
   <source>How many steps one update makes</source>
   <translation>갱신 한 번에 하는 반복 횟수</translation>
  </message>
  <message>
   <source>How many students</source>
   <translation>학생의 수</translation>
  </message>
  <message>
   <source>How many times as wide and high</source>
   <translation>너비와 높이를 몇 배로 늘릴지</translation>
  </message>
  <message>
   <source>How many times each training sentence is used, each time with other tokens hidden</source>
   <translation>학습 문장마다 다른 토큰을 가려 이만큼 반복해서 씁니다</translation>
  </message>
  <message>
   <source>How many tokens are written</source>
   <translation>이어서 쓸 토큰의 수입니다</translation>
  </message>
  <message>
   <source>How many tokens have a number: the most frequent ones; all others are one unknown</source>
   <translation>번호를 갖는 토큰의 수입니다. 자주 나오는 순서로 정하고, 나머지는 모두 미등록 토큰이 됩니다</translation>
  </message>
  <message>
   <source>How many tokens the network sees at once</source>
   <translation>신경망이 한 번에 보는 토큰의 수입니다</translation>
  </message>
  <message>
   <source>How many values a filter sees on each side</source>
   <translation>필터의 한 변이 보는 값의 수</translation>
  </message>
  <message>
   <source>How many values a window spans</source>
   <translation>창의 한 변에 들어가는 값의 수</translation>
  </message>
  <message>
   <source>How many words there are</source>
   <translation>단어 수</translation>
  </message>
  <message>
   <source>How much chance decides</source>
   <translation>우연이 좌우하는 정도</translation>
  </message>
  <message>
   <source>How often the list is repeated</source>
   <translation>목록을 되풀이하는 횟수</translation>
  </message>
  <message>
   <source>How the learning rate changes</source>
   <translation>학습률이 변하는 방식</translation>
  </message>
  <message>
   <source>How the letters of the file are stored; auto: UTF-8 or CP949</source>
   <translation>파일의 글자를 저장한 방식, 자동: UTF-8 또는 CP949</translation>
  </message>
  <message>
   <source>How the points are spread</source>
   <translation>점이 놓이는 모양</translation>
  </message>
  <message>
   <source>How the vectors begin</source>
   <translation>벡터의 처음 값</translation>
  </message>
  <message>
   <source>How the weights begin</source>
   <translation>가중치의 처음 값을 정하는 방식</translation>
  </message>
  <message>
   <source>How U begins</source>
   <translation>U의 처음 값</translation>
  </message>
  <message>
   <source>How W begins</source>
   <translation>W의 처음 값</translation>
  </message>
  <message>
   <source>Huber</source>
   <translation>후버(Huber)</translation>
  </message>
  <message>
   <source>Identity</source>
   <translation>항등</translation>
  </message>
  <message>
   <source>Image</source>
   <translation>이미지</translation>
  </message>
  <message>
   <source>in order</source>
   <translation>표의 순서대로</translation>
  </message>
  <message>
   <source>infinite</source>
   <translation>무한대</translation>
  </message>
  <message>
   <source>Initial weights</source>
   <translation>가중치 초기화</translation>
  </message>
  <message>
   <source>Initial weights of the state</source>
   <translation>상태 가중치 초기화</translation>
  </message>
  <message>
   <source>Input</source>
   <translation>입력</translation>
  </message>
  <message>
   <source>Input and output cannot be part of a block.</source>
   <translation>입력과 출력은 블록에 넣을 수 없습니다.</translation>
  </message>
  <message>
   <source>Inputs</source>
   <translation>입력 변수</translation>
  </message>
  <message>
   <source>inputs side by side</source>
   <translation>입력을 나란히</translation>
  </message>
  <message>
   <source>Insert a layer of {units} units</source>
   <translation>유닛 {units}개짜리 층 넣기</translation>
  </message>
  <message>
   <source>Insert Flatten</source>
   <translation>펼치기 넣기</translation>
  </message>
  <message>
   <source>Insert pooling before the layer</source>
   <translation>이 층 앞에 풀링층 넣기</translation>
  </message>
  <message>
   <source>Insert pooling on the skip wire</source>
   <translation>건너뛰기 연결에 풀링층 넣기</translation>
  </message>
  <message>
   <source>it cannot be unpacked</source>
   <translation>압축을 풀 수 없습니다</translation>
  </message>
  <message>
   <source>it ends too early</source>
   <translation>파일이 중간에서 끝납니다</translation>
  </message>
  <message>
   <source>it holds more than the {count} bytes it states</source>
   <translation>적혀 있는 {count}바이트보다 많은 값이 들어 있습니다</translation>
  </message>
  <message>
   <source>it is a folder</source>
   <translation>폴더입니다</translation>
  </message>
  <message>
   <source>it states a size of zero</source>
   <translation>크기가 0으로 적혀 있습니다</translation>
  </message>
  <message>
   <source>it states {count} bytes of values, which is too many</source>
   <translation>값의 크기가 {count}바이트로 적혀 있어 너무 큽니다</translation>
  </message>
  <message>
   <source>Iterations</source>
   <translation>반복</translation>
  </message>
  <message>
   <source>jamo</source>
   <translation>한글 자모</translation>
  </message>
  <message>
   <source>Keep inputs</source>
   <translation>입력 유지</translation>
  </message>
  <message>
   <source>Keeps the divisor from 0</source>
   <translation>나누는 값이 0이 되지 않게 합니다</translation>
  </message>
  <message>
   <source>Keeps √v from 0</source>
   <translation>√v가 0이 되지 않게 합니다</translation>
  </message>
  <message>
   <source>Kernel</source>
   <translation>커널 특징</translation>
  </message>
  <message>
   <source>Kernel function</source>
   <translation>커널 함수</translation>
  </message>
  <message>
   <source>Kernel size</source>
   <translation>커널 크기</translation>
  </message>
  <message>
   <source>korean</source>
   <translation>한국어</translation>
  </message>
  <message>
   <source>Korean to English</source>
   <translation>한국어 → 영어</translation>
  </message>
  <message>
   <source>L-BFGS</source>
   <translation>L-BFGS</translation>
  </message>
  <message>
   <source>L0 gates</source>
   <translation>L0 게이트</translation>
  </message>
  <message>
   <source>L1</source>
   <translation>L1</translation>
  </message>
  <message>
   <source>L2</source>
   <translation>L2</translation>
  </message>
  <message>
   <source>Label smoothing ε</source>
   <translation>레이블 평활화 ε</translation>
  </message>
  <message>
   <source>Language</source>
   <translation>언어</translation>
  </message>
  <message>
   <source>Languages</source>
   <translation>언어</translation>
  </message>
  <message>
   <source>Largest factor</source>
   <translation>가장 큰 수</translation>
  </message>
  <message>
   <source>Layer norm</source>
   <translation>계층 정규화</translation>
  </message>
  <message>
   <source>Layer {number} of the file is damaged.</source>
   <translation>파일의 {number}번째 층이 손상되었습니다.</translation>
  </message>
  <message>
   <source>Leaky ReLU</source>
   <translation>Leaky ReLU</translation>
  </message>
  <message>
   <source>learned</source>
   <translation>학습형</translation>
  </message>
  <message>
   <source>Learning rate</source>
   <translation>학습률</translation>
  </message>
  <message>
   <source>LeCun</source>
   <translation>LeCun</translation>
  </message>
  <message>
   <source>Left at the end</source>
   <translation>끝에 남는 비율</translation>
  </message>
  <message>
   <source>Length</source>
   <translation>길이</translation>
  </message>
  <message>
   <source>Letters</source>
   <translation>글자 수</translation>
  </message>
  <message>
   <source>linear</source>
   <translation>선형</translation>
  </message>
  <message>
   <source>Linear rise of the rate</source>
   <translation>학습률을 서서히 올리는 구간</translation>
  </message>
  <message>
   <source>Logic gate</source>
   <translation>논리 게이트</translation>
  </message>
  <message>
   <source>Longest sequence</source>
   <translation>가장 긴 열</translation>
  </message>
  <message>
   <source>LoRA</source>
   <translation>LoRA</translation>
  </message>
  <message>
   <source>Loss function</source>
   <translation>손실 함수</translation>
  </message>
  <message>
   <source>LSTM</source>
   <translation>LSTM</translation>
  </message>
  <message>
   <source>Luck</source>
   <translation>운</translation>
  </message>
  <message>
   <source>L∞</source>
   <translation>L∞</translation>
  </message>
  <message>
   <source>Make it a list</source>
   <translation>한 줄로 펼치기</translation>
  </message>
  <message>
   <source>Masked text</source>
   <translation>가린 글</translation>
  </message>
  <message>
   <source>Max norm</source>
   <translation>최대 노름</translation>
  </message>
  <message>
   <source>Max pool 1D</source>
   <translation>최대 풀링층 1D</translation>
  </message>
  <message>
   <source>Max pool 2D</source>
   <translation>최대 풀링층 2D</translation>
  </message>
  <message>
   <source>mean 0 · variance 1</source>
   <translation>평균 0 · 분산 1</translation>
  </message>
  <message>
   <source>Mean absolute error</source>
   <translation>평균 절대 오차</translation>
  </message>
  <message>
   <source>mean of each channel</source>
   <translation>채널별 평균</translation>
  </message>
  <message>
   <source>mean or most frequent</source>
   <translation>평균 또는 최빈값</translation>
  </message>
  <message>
   <source>Mean squared error</source>
   <translation>평균 제곱 오차</translation>
  </message>
  <message>
   <source>Memory</source>
   <translation>기억</translation>
  </message>
  <message>
   <source>Memory of past gradients</source>
   <translation>지난 기울기를 기억하는 정도</translation>
  </message>
  <message>
   <source>Memory of the mean gradient</source>
   <translation>평균 기울기를 기억하는 정도</translation>
  </message>
  <message>
   <source>Memory of the squared gradient</source>
   <translation>제곱 기울기를 기억하는 정도</translation>
  </message>
  <message>
   <source>min-max</source>
   <translation>최소-최대</translation>
  </message>
  <message>
   <source>Missing values</source>
   <translation>빈 값</translation>
  </message>
  <message>
   <source>mnist</source>
   <translation>MNIST</translation>
  </message>
  <message>
   <source>Momentum</source>
   <translation>모멘텀</translation>
  </message>
  <message>
   <source>Move {layer} before {flatten}</source>
   <translation>{layer}을(를) {flatten} 앞으로 옮기기</translation>
  </message>
  <message>
   <source>Multi-head attention</source>
   <translation>멀티 헤드 어텐션</translation>
  </message>
  <message>
   <source>Multiply</source>
   <translation>곱하기</translation>
  </message>
  <message>
   <source>Nesterov</source>
   <translation>네스테로프</translation>
  </message>
  <message>
   <source>Neurons of the network at every step</source>
   <translation>시점마다 쓰는 신경망의 뉴런 수</translation>
  </message>
  <message>
   <source>Next token</source>
   <translation>다음 토큰</translation>
  </message>
  <message>
   <source>No row of the training part belongs to {labels}.</source>
   <translation>학습용 데이터에 {labels} 클래스의 행이 없습니다.</translation>
  </message>
  <message>
   <source>Noise</source>
   <translation>잡음</translation>
  </message>
  <message>
   <source>None</source>
   <translation>없음</translation>
  </message>
  <message>
   <source>none</source>
   <translation>없음</translation>
  </message>
  <message>
   <source>Norm first</source>
   <translation>정규화 먼저</translation>
  </message>
  <message>
   <source>Normal</source>
   <translation>정규분포</translation>
  </message>
  <message>
   <source>normal</source>
   <translation>정규분포</translation>
  </message>
  <message>
   <source>Nothing can stand before the input.</source>
   <translation>입력층 앞에는 아무것도 놓을 수 없습니다.</translation>
  </message>
  <message>
   <source>Nothing is hidden in the sentence; write [MASK] in the place of a word.</source>
   <translation>문장에 가려진 곳이 없습니다. 단어 자리에 [MASK]를 쓰십시오.</translation>
  </message>
  <message>
   <source>number</source>
   <translation>수</translation>
  </message>
  <message>
   <source>numbers</source>
   <translation>숫자</translation>
  </message>
  <message>
   <source>Numbers in each query, key and value; 0 divides the features among the heads</source>
   <translation>쿼리, 키, 값 하나의 숫자 개수. 0이면 특성을 헤드 수로 나눕니다</translation>
  </message>
  <message>
   <source>one of {choices}</source>
   <translation>{choices} 중 하나</translation>
  </message>
  <message>
   <source>Open at first</source>
   <translation>처음 열린 확률</translation>
  </message>
  <message>
   <source>Optimizer</source>
   <translation>최적화 기법</translation>
  </message>
  <message>
   <source>Order of rows</source>
   <translation>행 순서</translation>
  </message>
  <message>
   <source>Orthogonal</source>
   <translation>직교</translation>
  </message>
  <message>
   <source>Output</source>
   <translation>출력</translation>
  </message>
  <message>
   <source>Own points</source>
   <translation>직접 그린 점</translation>
  </message>
  <message>
   <source>Pad the image to keep its size</source>
   <translation>크기가 유지되도록 패딩하기</translation>
  </message>
  <message>
   <source>Pad the series to keep its length</source>
   <translation>길이가 유지되도록 패딩하기</translation>
  </message>
  <message>
   <source>Padding</source>
   <translation>패딩</translation>
  </message>
  <message>
   <source>Paint at least two points, or choose another cloud.</source>
   <translation>점을 두 개 이상 그리거나 다른 데이터를 고르세요.</translation>
  </message>
  <message>
   <source>parameter {name}</source>
   <translation>파라미터 {name}</translation>
  </message>
  <message>
   <source>Parametrization</source>
   <translation>가중치 구성</translation>
  </message>
  <message>
   <source>Parts of speech</source>
   <translation>품사 태깅</translation>
  </message>
  <message>
   <source>Pass on all</source>
   <translation>모두 넘겨주기</translation>
  </message>
  <message>
   <source>Pass on all from its start</source>
   <translation>시작부터 끝까지 모두 넘겨주기</translation>
  </message>
  <message>
   <source>Pass on the state of every step, as a further recurrent layer needs it, rather than that of the last</source>
   <translation>마지막 시점만이 아니라 모든 시점의 상태를 넘겨줍니다. 순환층을 더 쌓으려면 필요합니다</translation>
  </message>
  <message>
   <source>Passes over the training data</source>
   <translation>학습용 데이터 전체를 되풀이하는 횟수</translation>
  </message>
  <message>
   <source>Perceptron criterion</source>
   <translation>퍼셉트론 기준</translation>
  </message>
  <message>
   <source>Permute</source>
   <translation>축 바꾸기</translation>
  </message>
  <message>
   <source>Permute: each axis must be named once, from 1 to their number, not {axes}.</source>
   <translation>축 바꾸기: 1부터 축의 수까지 각 축을 한 번씩 적어야 하는데 {axes}이(가) 적혀 있습니다.</translation>
  </message>
  <message>
   <source>Places added around the input, zeros for a mean and never the largest: none, so many that a window begins at every stride, or so many on each side</source>
   <translation>입력 주위에 더하는 자리이며, 평균에서는 0으로 세고 최댓값으로는 고르지 않습니다: 없음, 모든 이동 위치에서 창이 시작될 만큼, 또는 양쪽에 그 수만큼</translation>
  </message>
  <message>
   <source>Plain</source>
   <translation>그대로</translation>
  </message>
  <message>
   <source>Points</source>
   <translation>점</translation>
  </message>
  <message>
   <source>Polynomial</source>
   <translation>다항식</translation>
  </message>
  <message>
   <source>Positional encoding</source>
   <translation>위치 인코딩</translation>
  </message>
  <message>
   <source>Prediction</source>
   <translation>예측</translation>
  </message>
  <message>
   <source>product of its inputs</source>
   <translation>입력의 곱</translation>
  </message>
  <message>
   <source>Products</source>
   <translation>곱 특징</translation>
  </message>
  <message>
   <source>prose-en</source>
   <translation>영어 산문</translation>
  </message>
  <message>
   <source>prose-ko</source>
   <translation>한국어 산문</translation>
  </message>
  <message>
   <source>Qt lacks system libraries; install them with: apt install {packages}.</source>
   <translation>Qt에 필요한 시스템 라이브러리가 없습니다. 다음 명령으로 설치하세요: apt install {packages}.</translation>
  </message>
  <message>
   <source>Rank r</source>
   <translation>랭크 r</translation>
  </message>
  <message>
   <source>Rate</source>
   <translation>비율</translation>
  </message>
  <message>
   <source>Rate decay</source>
   <translation>학습률 감소</translation>
  </message>
  <message>
   <source>RBF (Gaussian)</source>
   <translation>RBF(가우스)</translation>
  </message>
  <message>
   <source>refuse</source>
   <translation>거부</translation>
  </message>
  <message>
   <source>Refuse the file, leave the rows out, or fill in the mean of the training part, for texts the most frequent one</source>
   <translation>파일을 거부하거나, 그 행을 빼거나, 학습용 데이터의 평균(글자는 가장 흔한 값)으로 채웁니다</translation>
  </message>
  <message>
   <source>Regularization</source>
   <translation>규제화</translation>
  </message>
  <message>
   <source>ReLU</source>
   <translation>ReLU</translation>
  </message>
  <message>
   <source>Remove the layer</source>
   <translation>층 삭제하기</translation>
  </message>
  <message>
   <source>Repeat</source>
   <translation>반복</translation>
  </message>
  <message>
   <source>Reset after the product</source>
   <translation>곱한 뒤 리셋</translation>
  </message>
  <message>
   <source>Reshape</source>
   <translation>모양 바꾸기</translation>
  </message>
  <message>
   <source>Reshape: each size must be at least 1, only one may be −1; {shape} does not fit.</source>
   <translation>모양 바꾸기: 크기는 모두 1 이상이어야 하고 −1은 하나만 쓸 수 있습니다. {shape}은(는) 맞지 않습니다.</translation>
  </message>
  <message>
   <source>Return cell state</source>
   <translation>셀 상태도 내보내기</translation>
  </message>
  <message>
   <source>Return every step of {layer}</source>
   <translation>{layer}의 모든 시점 출력</translation>
  </message>
  <message>
   <source>Return only the last step of {layer}</source>
   <translation>{layer}의 마지막 시점만 출력</translation>
  </message>
  <message>
   <source>Return sequences</source>
   <translation>모든 시점 출력</translation>
  </message>
  <message>
   <source>Reversed letters</source>
   <translation>글자 거꾸로 쓰기</translation>
  </message>
  <message>
   <source>RMSProp</source>
   <translation>RMSProp</translation>
  </message>
  <message>
   <source>rows</source>
   <translation>행</translation>
  </message>
  <message>
   <source>same</source>
   <translation>크기 유지</translation>
  </message>
  <message>
   <source>Samples for each update; 0 takes all of them</source>
   <translation>한 번 갱신할 때 쓰는 표본 수. 0이면 전부 씁니다</translation>
  </message>
  <message>
   <source>Scale α</source>
   <translation>배율 α</translation>
  </message>
  <message>
   <source>Scaling</source>
   <translation>크기 맞추기</translation>
  </message>
  <message>
   <source>Seed</source>
   <translation>난수 시드</translation>
  </message>
  <message>
   <source>Select a layer before the output; the wire begins there.</source>
   <translation>출력보다 앞의 층을 선택하십시오. 연결은 그 층에서 시작합니다.</translation>
  </message>
  <message>
   <source>SELU</source>
   <translation>SELU</translation>
  </message>
  <message>
   <source>Sentences</source>
   <translation>문장 수</translation>
  </message>
  <message>
   <source>Sentiment</source>
   <translation>감성 분석</translation>
  </message>
  <message>
   <source>Sequence</source>
   <translation>시퀀스</translation>
  </message>
  <message>
   <source>Sequences</source>
   <translation>열 수</translation>
  </message>
  <message>
   <source>Set degree to 2</source>
   <translation>차수를 2로 바꾸기</translation>
  </message>
  <message>
   <source>Set units to {units}</source>
   <translation>유닛 수를 {units}으로(로) 바꾸기</translation>
  </message>
  <message>
   <source>Set vocabulary to {wanted}</source>
   <translation>어휘 수를 {wanted}(으)로 설정</translation>
  </message>
  <message>
   <source>SGD</source>
   <translation>확률적 경사하강법(SGD)</translation>
  </message>
  <message>
   <source>Shape</source>
   <translation>모양</translation>
  </message>
  <message>
   <source>Share left out before each sum</source>
   <translation>합치기 전에 빼는 값의 비율</translation>
  </message>
  <message>
   <source>Share of a weight, times λ</source>
   <translation>가중치에 곱하는 비율, λ배</translation>
  </message>
  <message>
   <source>Share of L1</source>
   <translation>L1의 비율</translation>
  </message>
  <message>
   <source>Share of neurons left out</source>
   <translation>빼는 뉴런의 비율</translation>
  </message>
  <message>
   <source>Share of reviews with a “but”</source>
   <translation>‘하지만’으로 이어진 감상평의 비율</translation>
  </message>
  <message>
   <source>Share of the points the network learns from; the others validate it</source>
   <translation>신경망이 학습하는 점의 비율. 나머지 점으로 검증합니다</translation>
  </message>
  <message>
   <source>Share of the rows the network learns from</source>
   <translation>신경망이 배우는 행의 비율</translation>
  </message>
  <message>
   <source>Share of the running mean that is kept</source>
   <translation>이동 평균에서 유지하는 비율</translation>
  </message>
  <message>
   <source>Share of the samples, from the first on, the network learns from</source>
   <translation>처음부터 세어 신경망이 학습하는 표본의 비율</translation>
  </message>
  <message>
   <source>Share of the text, from the beginning on, the network learns from</source>
   <translation>글의 처음부터 학습에 쓰는 비율입니다</translation>
  </message>
  <message>
   <source>Share of the tokens that are to be found</source>
   <translation>맞혀야 하는 토큰의 비율입니다</translation>
  </message>
  <message>
   <source>Share that follows and validates; the rest, the end, is the test part</source>
   <translation>그다음에 이어지는 검증 비율입니다. 나머지 끝부분은 평가에 씁니다</translation>
  </message>
  <message>
   <source>Share that follows and validates; the rest, the latest, is the test part</source>
   <translation>그다음에 이어지는 검증용 비율. 가장 늦은 나머지는 평가용입니다</translation>
  </message>
  <message>
   <source>Share that validates; the rest is the test part, which at 0 validates as well</source>
   <translation>검증에 쓰는 비율. 나머지가 평가용이며, 0이면 평가용으로 검증도 합니다</translation>
  </message>
  <message>
   <source>shuffled</source>
   <translation>무작위</translation>
  </message>
  <message>
   <source>Sigmoid</source>
   <translation>시그모이드</translation>
  </message>
  <message>
   <source>Simple RNN</source>
   <translation>단순 RNN</translation>
  </message>
  <message>
   <source>sinusoidal</source>
   <translation>사인파</translation>
  </message>
  <message>
   <source>Size</source>
   <translation>크기</translation>
  </message>
  <message>
   <source>Slice</source>
   <translation>단면</translation>
  </message>
  <message>
   <source>Slope below zero</source>
   <translation>0 아래에서의 기울기</translation>
  </message>
  <message>
   <source>Slope α</source>
   <translation>기울기 α</translation>
  </message>
  <message>
   <source>So many training samples, drawn at random, or all if there are fewer</source>
   <translation>무작위로 뽑는 학습용 표본의 수. 표본이 더 적으면 전부 씁니다</translation>
  </message>
  <message>
   <source>Softmax</source>
   <translation>소프트맥스</translation>
  </message>
  <message>
   <source>Softsign</source>
   <translation>소프트사인</translation>
  </message>
  <message>
   <source>Some rows of the test part have no row one week earlier, so the forecast by the same time last week is left out.</source>
   <translation>평가용 일부 행에는 일주일 전 행이 없어 지난주 같은 시각 예측은 뺍니다.</translation>
  </message>
  <message>
   <source>Source</source>
   <translation>출처</translation>
  </message>
  <message>
   <source>Spread of the draw</source>
   <translation>뽑는 값이 퍼진 정도</translation>
  </message>
  <message>
   <source>standard</source>
   <translation>표준화</translation>
  </message>
  <message>
   <source>Standard deviation σ</source>
   <translation>표준편차 σ</translation>
  </message>
  <message>
   <source>Start</source>
   <translation>시작</translation>
  </message>
  <message>
   <source>Step decay</source>
   <translation>계단식 감소</translation>
  </message>
  <message>
   <source>Step function</source>
   <translation>계단 함수</translation>
  </message>
  <message>
   <source>Steps</source>
   <translation>시점 수</translation>
  </message>
  <message>
   <source>Stop</source>
   <translation>끝</translation>
  </message>
  <message>
   <source>Stop after so many epochs without a better validation loss, and go back to the best; 0 never stops early</source>
   <translation>이 에포크 수만큼 검증 손실이 나아지지 않으면 멈추고 가장 좋은 때로 돌아갑니다. 0이면 일찍 멈추지 않습니다</translation>
  </message>
  <message>
   <source>stories-en</source>
   <translation>영어 이야기</translation>
  </message>
  <message>
   <source>stories-ko</source>
   <translation>한국어 이야기</translation>
  </message>
  <message>
   <source>Strength λ</source>
   <translation>규제 강도 λ</translation>
  </message>
  <message>
   <source>Stride</source>
   <translation>스트라이드</translation>
  </message>
  <message>
   <source>Students</source>
   <translation>학생 수</translation>
  </message>
  <message>
   <source>sum of its inputs</source>
   <translation>입력의 합</translation>
  </message>
  <message>
   <source>Switch the causal mask off</source>
   <translation>인과 마스크 끄기</translation>
  </message>
  <message>
   <source>Table</source>
   <translation>표</translation>
  </message>
  <message>
   <source>Take the wire away</source>
   <translation>연결선 빼기</translation>
  </message>
  <message>
   <source>tanh</source>
   <translation>tanh</translation>
  </message>
  <message>
   <source>Target</source>
   <translation>예측 대상</translation>
  </message>
  <message>
   <source>Temperature</source>
   <translation>온도</translation>
  </message>
  <message>
   <source>test part</source>
   <translation>평가용 부분</translation>
  </message>
  <message>
   <source>text</source>
   <translation>텍스트</translation>
  </message>
  <message>
   <source>texts</source>
   <translation>글자</translation>
  </message>
  <message>
   <source>The arrays in the file are packed, which this program never does.</source>
   <translation>파일의 배열이 압축되어 있습니다. 이 프로그램이 저장한 파일이 아닙니다.</translation>
  </message>
  <message>
   <source>The arrays in the file are too large to be real.</source>
   <translation>파일에 든 배열이 지나치게 큽니다.</translation>
  </message>
  <message>
   <source>The built-in text</source>
   <translation>내장 글</translation>
  </message>
  <message>
   <source>The clipboard holds no layers; copy some first.</source>
   <translation>클립보드에 층이 없습니다. 먼저 층을 복사하십시오.</translation>
  </message>
  <message>
   <source>The column that is predicted; empty: the last one</source>
   <translation>예측할 열. 비우면 마지막 열입니다</translation>
  </message>
  <message>
   <source>The columns the network sees</source>
   <translation>신경망이 보는 열</translation>
  </message>
  <message>
   <source>The columns the network sees; none: all the others</source>
   <translation>신경망이 보는 열. 비우면 나머지 모두입니다</translation>
  </message>
  <message>
   <source>the connection to {host} broke</source>
   <translation>{host} 연결이 끊겼습니다</translation>
  </message>
  <message>
   <source>The digits that come with the program, or the files of MNIST</source>
   <translation>프로그램에 들어 있는 숫자, 또는 MNIST 파일</translation>
  </message>
  <message>
   <source>the disk is full</source>
   <translation>디스크에 남은 공간이 없습니다</translation>
  </message>
  <message>
   <source>the disk is read-only</source>
   <translation>읽기 전용 디스크입니다</translation>
  </message>
  <message>
   <source>The download was cancelled; started again, it goes on where it stopped.</source>
   <translation>내려받기를 취소했습니다. 다시 시작하면 멈춘 곳에서 이어집니다.</translation>
  </message>
  <message>
   <source>The drawing has the shape {shape}; it needs height and width.</source>
   <translation>그림의 모양이 {shape}입니다. 높이와 너비가 있어야 합니다.</translation>
  </message>
  <message>
   <source>The drawing holds values that are not finite; clear it and draw again.</source>
   <translation>그림에 유한하지 않은 값이 있습니다. 지우고 다시 그리세요.</translation>
  </message>
  <message>
   <source>The file is damaged or cannot be read ({reason}).</source>
   <translation>파일이 손상되었거나 읽을 수 없습니다({reason}).</translation>
  </message>
  <message>
   <source>The first step that is passed on, counted from 0</source>
   <translation>넘겨줄 첫 시점, 0부터 셉니다</translation>
  </message>
  <message>
   <source>The input begins a network, and the output ends it.</source>
   <translation>신경망은 입력에서 시작하여 출력에서 끝납니다.</translation>
  </message>
  <message>
   <source>The largest component of a gradient, larger ones are cut; 0 clips nothing</source>
   <translation>기울기 성분의 최대 크기. 더 크면 자릅니다. 0이면 자르지 않습니다</translation>
  </message>
  <message>
   <source>The largest weight drawn</source>
   <translation>뽑을 수 있는 가장 큰 가중치</translation>
  </message>
  <message>
   <source>The learning rate of {name} is multiplied by a number from 0 to {most}, not {rate}.</source>
   <translation>{name}의 학습률 배수는 0부터 {most}까지의 수여야 합니다({rate} 불가).</translation>
  </message>
  <message>
   <source>The list of layers is missing or damaged in the file.</source>
   <translation>파일에 층 목록이 없거나 손상되었습니다.</translation>
  </message>
  <message>
   <source>The longest gradient an update follows, longer ones are shortened; 0 clips nothing</source>
   <translation>한 번의 갱신이 따르는 기울기의 최대 길이. 더 길면 줄입니다. 0이면 자르지 않습니다</translation>
  </message>
  <message>
   <source>The longest that the weights of a unit may become, longer ones are shortened after each update; 0 sets no limit</source>
   <translation>한 유닛의 가중치가 가질 수 있는 최대 길이, 더 길면 갱신 뒤에 줄입니다. 0이면 제한 없음</translation>
  </message>
  <message>
   <source>The loss became {value} at iteration {step}, {quantity} of {layer} first; go back to iteration {good} and lower the learning rate.</source>
   <translation>{step}번째 반복에서 손실이 {value}이(가) 되었습니다. 먼저 {layer}의 {quantity}에서 생겼습니다. {good}번째 반복으로 돌아가 학습률을 낮추십시오.</translation>
  </message>
  <message>
   <source>The network has learned no text, but the task {task}; choose a language model, as the examples gpt-char and bert-mlm are.</source>
   <translation>이 신경망은 글이 아니라 {task} 과제를 학습했습니다. 예제 gpt-char나 bert-mlm 같은 언어 모델을 고르십시오.</translation>
  </message>
  <message>
   <source>The network has more than {most} million parameters; make {layer} smaller.</source>
   <translation>신경망의 파라미터가 {most}×100만 개를 넘습니다. {layer}의 크기를 줄이세요.</translation>
  </message>
  <message>
   <source>the output</source>
   <translation>출력</translation>
  </message>
  <message>
   <source>The picture cannot be written to {file}; choose another place.</source>
   <translation>{file}에 그림을 쓸 수 없습니다. 다른 곳을 고르세요.</translation>
  </message>
  <message>
   <source>The place of {name} is two numbers from -{most} to {most}, not {place}.</source>
   <translation>{name}의 위치는 -{most} 이상 {most} 이하인 수 두 개여야 합니다. {place}은(는) 사용할 수 없습니다.</translation>
  </message>
  <message>
   <source>The probability that a gate is not closed when training begins</source>
   <translation>학습을 시작할 때 게이트가 닫혀 있지 않을 확률</translation>
  </message>
  <message>
   <source>The product counts α/r times</source>
   <translation>곱 AB에 α/r을 곱해 더합니다</translation>
  </message>
  <message>
   <source>The project names no version; the file is damaged.</source>
   <translation>프로젝트에 버전이 적혀 있지 않습니다. 파일이 손상되었습니다.</translation>
  </message>
  <message>
   <source>The project was saved by a newer Neural Playground (format {version}, this program reads up to {known}); update the program to open it.</source>
   <translation>더 새로운 신경망 놀이터에서 저장한 프로젝트입니다(형식 {version}, 이 프로그램은 {known}까지 읽습니다). 프로그램을 업데이트하면 열 수 있습니다.</translation>
  </message>
  <message>
   <source>The results cannot be written to {folder} ({reason}); choose another folder.</source>
   <translation>{folder}에 결과를 쓸 수 없습니다({reason}). 다른 폴더를 고르세요.</translation>
  </message>
  <message>
   <source>The saved run is damaged.</source>
   <translation>저장된 실행이 손상되었습니다.</translation>
  </message>
  <message>
   <source>The saved run is incomplete; the file is damaged.</source>
   <translation>저장된 실행이 온전하지 않습니다. 파일이 손상되었습니다.</translation>
  </message>
  <message>
   <source>The saved state of the run is damaged ({reason}); train the network anew.</source>
   <translation>저장된 실행 상태가 손상되었습니다({reason}). 신경망을 새로 학습하세요.</translation>
  </message>
  <message>
   <source>The saved weights are not all finite numbers; train anew.</source>
   <translation>저장된 가중치에 유한하지 않은 수가 있습니다. 다시 학습하세요.</translation>
  </message>
  <message>
   <source>The shape of the draw</source>
   <translation>값을 뽑는 분포의 모양</translation>
  </message>
  <message>
   <source>The share of each label that is spread over all classes</source>
   <translation>각 레이블에서 모든 클래스로 고르게 나누는 몫</translation>
  </message>
  <message>
   <source>The size {size} is not a width and a height; write for example 1440x900.</source>
   <translation>크기 {size}은(는) 너비와 높이가 아닙니다. 예를 들어 1440x900처럼 쓰세요.</translation>
  </message>
  <message>
   <source>The size {size} is too small; the window needs {width}x{height} or more.</source>
   <translation>크기 {size}은(는) 너무 작습니다. 창은 {width}x{height} 이상이어야 합니다.</translation>
  </message>
  <message>
   <source>The sizes, as in 1, 28, 28; one of them may be −1, which takes what is left</source>
   <translation>1, 28, 28처럼 적은 크기. 하나는 −1로 적어 나머지에 맞출 수 있습니다</translation>
  </message>
  <message>
   <source>The step before which it ends; 0 passes on all to the end</source>
   <translation>이 시점 앞까지 넘겨줍니다. 0이면 끝까지 모두 넘겨줍니다</translation>
  </message>
  <message>
   <source>The step function of {layer} is flat, so {loss} has no gradient to learn from.</source>
   <translation>{layer}의 계단 함수는 평평해서 {loss}이(가) 따라갈 기울기가 없습니다.</translation>
  </message>
  <message>
   <source>The table goes up to this number</source>
   <translation>구구단이 이 수까지 이어집니다</translation>
  </message>
  <message>
   <source>The task has {wanted} classes, {layer} has {units} units.</source>
   <translation>과제의 클래스는 {wanted}개인데 {layer}의 유닛은 {units}개입니다.</translation>
  </message>
  <message>
   <source>The task {task} makes its own data and reads no file; leave --data out.</source>
   <translation>과제 {task}은(는) 데이터를 스스로 만들며 파일을 읽지 않습니다. --data를 빼세요.</translation>
  </message>
  <message>
   <source>The text that is learned where no file is chosen</source>
   <translation>파일을 고르지 않았을 때 학습하는 글입니다</translation>
  </message>
  <message>
   <source>The two inputs differ: {first} and {second}.</source>
   <translation>두 입력의 크기가 다릅니다. {first}, {second}</translation>
  </message>
  <message>
   <source>The {what} is missing or damaged in the file.</source>
   <translation>파일에 {what} 부분이 없거나 손상되었습니다.</translation>
  </message>
  <message>
   <source>There are no MNIST files in {folder}; choose the folder that holds {files}, download them, or use the built-in digits.</source>
   <translation>{folder}에 MNIST 파일이 없습니다. {files} 파일이 있는 폴더를 고르거나, 내려받거나, 내장 숫자를 쓰세요.</translation>
  </message>
  <message>
   <source>There are only {count} images to learn from; all are used.</source>
   <translation>학습할 이미지가 {count}개뿐이어서 전부 씁니다.</translation>
  </message>
  <message>
   <source>There is no device {device}; use auto, cpu or cuda.</source>
   <translation>{device} 장치는 없습니다. auto, cpu, cuda 가운데 하나를 쓰세요.</translation>
  </message>
  <message>
   <source>There is no experiment called {name}; there are {known}, or name a file.</source>
   <translation>{name} 실험은 없습니다. {known} 가운데 고르거나 파일 이름을 쓰세요.</translation>
  </message>
  <message>
   <source>There is no layer called {name}; there are {known}.</source>
   <translation>{name} 층은 없습니다. 있는 층은 {known}입니다.</translation>
  </message>
  <message>
   <source>there is no such file or folder</source>
   <translation>그런 파일이나 폴더가 없습니다</translation>
  </message>
  <message>
   <source>There is no such file.</source>
   <translation>그런 파일이 없습니다.</translation>
  </message>
  <message>
   <source>There is no {family} called {kind}; try {suggestions}.</source>
   <translation>{family} 가운데 {kind}은(는) 없습니다. {suggestions}을(를) 써 보세요.</translation>
  </message>
  <message>
   <source>This is not a Neural Playground project, or it is damaged.</source>
   <translation>신경망 놀이터 프로젝트가 아니거나 손상된 파일입니다.</translation>
  </message>
  <message>
   <source>This is not a Neural Playground project.</source>
   <translation>신경망 놀이터 프로젝트가 아닙니다.</translation>
  </message>
  <message>
   <source>Thresholds</source>
   <translation>임곗값</translation>
  </message>
  <message>
   <source>Tied output</source>
   <translation>임베딩 공유 출력층</translation>
  </message>
  <message>
   <source>Time scale s</source>
   <translation>시간 척도 s</translation>
  </message>
  <message>
   <source>Times table</source>
   <translation>구구단</translation>
  </message>
  <message>
   <source>to a list</source>
   <translation>한 줄로</translation>
  </message>
  <message>
   <source>to {shape}</source>
   <translation>{shape}(으)로</translation>
  </message>
  <message>
   <source>Tokens</source>
   <translation>토큰</translation>
  </message>
  <message>
   <source>tokens</source>
   <translation>토큰</translation>
  </message>
  <message>
   <source>Top k</source>
   <translation>상위 k개</translation>
  </message>
  <message>
   <source>Training images</source>
   <translation>학습용 이미지</translation>
  </message>
  <message>
   <source>training part</source>
   <translation>학습용 부분</translation>
  </message>
  <message>
   <source>Training share</source>
   <translation>학습용 비율</translation>
  </message>
  <message>
   <source>Transformer decoder block</source>
   <translation>트랜스포머 디코더 블록</translation>
  </message>
  <message>
   <source>Transformer encoder block</source>
   <translation>트랜스포머 인코더 블록</translation>
  </message>
  <message>
   <source>Translation</source>
   <translation>번역</translation>
  </message>
  <message>
   <source>true or false</source>
   <translation>true 또는 false</translation>
  </message>
  <message>
   <source>Turn their order round</source>
   <translation>축 순서 뒤집기</translation>
  </message>
  <message>
   <source>Two clauses</source>
   <translation>두 절</translation>
  </message>
  <message>
   <source>Two layers are called {name}; rename one.</source>
   <translation>이름이 {name}인 층이 둘입니다. 하나의 이름을 바꾸세요.</translation>
  </message>
  <message>
   <source>Uniform</source>
   <translation>균등분포</translation>
  </message>
  <message>
   <source>uniform</source>
   <translation>균등분포</translation>
  </message>
  <message>
   <source>Units</source>
   <translation>유닛 수</translation>
  </message>
  <message>
   <source>up to degree {degree}</source>
   <translation>{degree}차까지</translation>
  </message>
  <message>
   <source>Upsample</source>
   <translation>업샘플링</translation>
  </message>
  <message>
   <source>Use a kernel of {kernel} steps</source>
   <translation>시점 {kernel}개짜리 커널 쓰기</translation>
  </message>
  <message>
   <source>Use a window of {size}</source>
   <translation>크기 {size}인 창 사용</translation>
  </message>
  <message>
   <source>Use a window of {size} steps</source>
   <translation>시점 {size}개짜리 창 쓰기</translation>
  </message>
  <message>
   <source>Use a {kernel}×{kernel} kernel</source>
   <translation>{kernel}×{kernel} 커널 쓰기</translation>
  </message>
  <message>
   <source>Use a {size}×{size} window</source>
   <translation>{size}×{size} 창 쓰기</translation>
  </message>
  <message>
   <source>Use bias</source>
   <translation>편향 사용</translation>
  </message>
  <message>
   <source>Use binary cross-entropy</source>
   <translation>이진 교차 엔트로피 쓰기</translation>
  </message>
  <message>
   <source>Use cross-entropy</source>
   <translation>교차 엔트로피 쓰기</translation>
  </message>
  <message>
   <source>Use mean squared error</source>
   <translation>평균 제곱 오차 쓰기</translation>
  </message>
  <message>
   <source>Use no padding</source>
   <translation>패딩 없이 사용</translation>
  </message>
  <message>
   <source>Use one head</source>
   <translation>헤드 하나 쓰기</translation>
  </message>
  <message>
   <source>Use the perceptron criterion</source>
   <translation>퍼셉트론 기준 쓰기</translation>
  </message>
  <message>
   <source>Use {activation}</source>
   <translation>{activation} 쓰기</translation>
  </message>
  <message>
   <source>Use {heads} heads</source>
   <translation>헤드 {heads}개 쓰기</translation>
  </message>
  <message>
   <source>valid</source>
   <translation>없음</translation>
  </message>
  <message>
   <source>validation part</source>
   <translation>검증용 부분</translation>
  </message>
  <message>
   <source>Validation share</source>
   <translation>검증용 비율</translation>
  </message>
  <message>
   <source>values out of {choices}</source>
   <translation>{choices} 중에서 고른 값</translation>
  </message>
  <message>
   <source>VDS</source>
   <translation>차량검지기(VDS)</translation>
  </message>
  <message>
   <source>Vocabulary</source>
   <translation>어휘 수</translation>
  </message>
  <message>
   <source>Warm-up</source>
   <translation>준비 구간</translation>
  </message>
  <message>
   <source>Waves of several lengths, or learned rows</source>
   <translation>여러 파장의 사인파 또는 학습하는 행</translation>
  </message>
  <message>
   <source>Weight decay</source>
   <translation>가중치 감쇠</translation>
  </message>
  <message>
   <source>Weight normalization</source>
   <translation>가중치 정규화</translation>
  </message>
  <message>
   <source>Weight of the products of fewer inputs</source>
   <translation>더 적은 입력의 곱에 주는 가중치</translation>
  </message>
  <message>
   <source>What each neuron applies</source>
   <translation>뉴런마다 적용하는 함수</translation>
  </message>
  <message>
   <source>What each open gate costs</source>
   <translation>열린 게이트 하나의 비용</translation>
  </message>
  <message>
   <source>What each score becomes</source>
   <translation>점수마다 적용할 함수</translation>
  </message>
  <message>
   <source>What is applied</source>
   <translation>적용하는 함수</translation>
  </message>
  <message>
   <source>What is calculated from x₁ and x₂ and given to the network as further inputs</source>
   <translation>x₁과 x₂에서 계산하여 신경망에 추가로 넣는 입력</translation>
  </message>
  <message>
   <source>What is forecast</source>
   <translation>무엇을 예측하는지 정합니다</translation>
  </message>
  <message>
   <source>What stands between the cells of the file; auto: commas, semicolons or tabs</source>
   <translation>파일에서 칸을 나누는 기호, 자동: 쉼표, 세미콜론 또는 탭</translation>
  </message>
  <message>
   <source>What the reviews are written in</source>
   <translation>감상평을 쓴 언어</translation>
  </message>
  <message>
   <source>What the text is cut into: characters, words, or the letters of Hangul syllables</source>
   <translation>글을 나누는 단위입니다: 글자, 단어, 또는 한글의 자모</translation>
  </message>
  <message>
   <source>What the weights are made of: themselves, or other parameters that are learned</source>
   <translation>가중치를 그대로 학습할지, 다른 파라미터로 만들지 정합니다</translation>
  </message>
  <message>
   <source>When the rate drops</source>
   <translation>학습률이 떨어지는 때</translation>
  </message>
  <message>
   <source>Where a target of numbers is cut into classes</source>
   <translation>수인 목표를 클래스로 나누는 경계</translation>
  </message>
  <message>
   <source>Where the four files of MNIST lie; empty for those that were downloaded</source>
   <translation>MNIST 파일 네 개가 있는 곳. 비우면 내려받은 파일을 씁니다</translation>
  </message>
  <message>
   <source>Where the square becomes a line</source>
   <translation>제곱이 직선으로 바뀌는 곳</translation>
  </message>
  <message>
   <source>Where the target is cut into classes; without any, the number itself is predicted</source>
   <translation>목표 값을 클래스로 나누는 경계. 비우면 값 자체를 예측합니다</translation>
  </message>
  <message>
   <source>Whether each filter adds a constant</source>
   <translation>필터마다 상수를 더할지 여부</translation>
  </message>
  <message>
   <source>Whether each neuron adds a constant</source>
   <translation>뉴런마다 상수를 더할지 정합니다</translation>
  </message>
  <message>
   <source>Whether each step sees only itself and what came before</source>
   <translation>각 시점이 자신과 이전 시점만 볼지 정합니다</translation>
  </message>
  <message>
   <source>Whether each word has a constant of its own</source>
   <translation>단어마다 상수를 둘지 정합니다</translation>
  </message>
  <message>
   <source>Whether every sample counts the same in the loss, or every class</source>
   <translation>손실에서 모든 표본을 같은 비중으로 셀지, 모든 클래스를 같은 비중으로 셀지</translation>
  </message>
  <message>
   <source>Whether queries, values and output have a constant</source>
   <translation>쿼리, 값, 출력에 상수를 더할지 정합니다</translation>
  </message>
  <message>
   <source>Whether the first row names the columns</source>
   <translation>첫 행이 열의 이름인지 여부</translation>
  </message>
  <message>
   <source>Whether the inputs themselves come before the products</source>
   <translation>입력 자체를 곱 앞에 둘지</translation>
  </message>
  <message>
   <source>Whether the outputs are turned and scaled so that their inner product is the kernel</source>
   <translation>출력의 내적이 커널이 되도록 회전하고 크기를 조정할지</translation>
  </message>
  <message>
   <source>Whether the parts are drawn by chance, or follow each other as in the table</source>
   <translation>학습용·검증용·평가용을 무작위로 뽑을지, 표의 순서대로 나눌지</translation>
  </message>
  <message>
   <source>Whether the reset gate acts on h U, as in PyTorch, rather than on h</source>
   <translation>리셋 게이트를 h가 아니라 PyTorch처럼 h U에 적용할지 정합니다</translation>
  </message>
  <message>
   <source>Whether the sequence is read from its beginning, from its end, or both ways</source>
   <translation>시퀀스를 처음부터 읽을지, 끝에서부터 읽을지, 양쪽으로 읽을지</translation>
  </message>
  <message>
   <source>Whether to normalize what attention and network read, rather than the sums</source>
   <translation>합이 아니라 어텐션과 신경망의 입력을 정규화할지 정합니다</translation>
  </message>
  <message>
   <source>Which axis comes first, second, …; the axes of a sample are numbered from 1</source>
   <translation>첫째, 둘째, …로 올 축. 표본의 축은 1부터 번호를 매깁니다</translation>
  </message>
  <message>
   <source>Which truth table is learned</source>
   <translation>학습할 진리표</translation>
  </message>
  <message>
   <source>Whitened</source>
   <translation>백색화</translation>
  </message>
  <message>
   <source>whole numbers</source>
   <translation>정수</translation>
  </message>
  <message>
   <source>Whose letters the names are written in</source>
   <translation>이름을 쓰는 글자의 언어</translation>
  </message>
  <message>
   <source>Width δ</source>
   <translation>너비 δ</translation>
  </message>
  <message>
   <source>Window</source>
   <translation>입력 길이</translation>
  </message>
  <message>
   <source>Wiring</source>
   <translation>연결</translation>
  </message>
  <message>
   <source>word</source>
   <translation>단어</translation>
  </message>
  <message>
   <source>Xavier (Glorot)</source>
   <translation>Xavier(Glorot)</translation>
  </message>
  <message>
   <source>x₁, x₂ and class of each</source>
   <translation>각 점의 x₁, x₂와 클래스</translation>
  </message>
  <message>
   <source>you may not do that there</source>
   <translation>접근 권한이 없습니다</translation>
  </message>
  <message>
   <source>Zeros</source>
   <translation>모두 0</translation>
  </message>
  <message>
   <source>Zeros around the input: none, as many as keep its size, or so many on each side</source>
   <translation>입력 둘레의 0: 없음, 크기가 유지되는 만큼, 또는 양쪽에 지정한 개수만큼</translation>
  </message>
  <message>
   <source>Zeros around the series: before it only (causal), none, as many as keep its length, or so many on each side</source>
   <translation>시계열 둘레의 0: 앞에만(인과적), 없음, 길이가 유지되는 만큼, 또는 양쪽에 지정한 개수만큼</translation>
  </message>
  <message>
   <source>{assignment} names no setting of the layer.</source>
   <translation>{assignment}은(는) 층의 설정이 아닙니다.</translation>
  </message>
  <message>
   <source>{assignment} sets nothing; write for example training.learning_rate=0.01, task.noise=0.2 or graph.dense_1.units=8.</source>
   <translation>{assignment}은(는) 아무것도 정하지 않습니다. 예를 들어 training.learning_rate=0.01, task.noise=0.2, graph.dense_1.units=8처럼 쓰세요.</translation>
  </message>
  <message>
   <source>{count} head</source>
   <translation>헤드 {count}개</translation>
  </message>
  <message>
   <source>{count} heads</source>
   <translation>헤드 {count}개</translation>
  </message>
  <message>
   <source>{count} hidden unit</source>
   <translation>은닉 유닛 {count}개</translation>
  </message>
  <message>
   <source>{count} hidden units</source>
   <translation>은닉 유닛 {count}개</translation>
  </message>
  <message>
   <source>{count} steps</source>
   <translation>시점 {count}개</translation>
  </message>
  <message>
   <source>{count} steps · stride {stride}</source>
   <translation>시점 {count}개 · 스트라이드 {stride}</translation>
  </message>
  <message>
   <source>{count} unit</source>
   <translation>유닛 {count}개</translation>
  </message>
  <message>
   <source>{count} units</source>
   <translation>유닛 {count}개</translation>
  </message>
  <message>
   <source>{entry} in the file is too large to be real.</source>
   <translation>파일에 든 {entry} 항목이 지나치게 큽니다.</translation>
  </message>
  <message>
   <source>{factor} times as large</source>
   <translation>{factor}배 크기</translation>
  </message>
  <message>
   <source>{file} begins with numbers; name the columns in its first row, or read it without a header.</source>
   <translation>{file}은(는) 숫자로 시작합니다. 첫 행에 열 이름을 쓰거나 머리글 없이 읽으세요.</translation>
  </message>
  <message>
   <source>{file} cannot be downloaded, as there is no connection to {hosts}; use the built-in digits, choose a folder with the MNIST files, or try again later.</source>
   <translation>{hosts}에 연결할 수 없어 {file}을(를) 내려받지 못했습니다. 내장 숫자를 쓰거나, MNIST 파일이 있는 폴더를 고르거나, 나중에 다시 해 보세요.</translation>
  </message>
  <message>
   <source>{file} cannot be downloaded: {reason}; use the built-in digits, choose a folder with the MNIST files, or try again later.</source>
   <translation>{file}을(를) 내려받지 못했습니다: {reason}. 내장 숫자를 쓰거나, MNIST 파일이 있는 폴더를 고르거나, 나중에 다시 해 보세요.</translation>
  </message>
  <message>
   <source>{file} cannot be read ({reason}); choose another file.</source>
   <translation>{file}을(를) 읽을 수 없습니다({reason}). 다른 파일을 고르세요.</translation>
  </message>
  <message>
   <source>{file} cannot be read: {reason}.</source>
   <translation>{file}을(를) 읽을 수 없습니다: {reason}.</translation>
  </message>
  <message>
   <source>{file} cannot be written; choose another folder.</source>
   <translation>{file}을(를) 쓸 수 없습니다. 다른 폴더를 고르십시오.</translation>
  </message>
  <message>
   <source>{file} could not be saved ({reason}); choose another place.</source>
   <translation>{file}을(를) 저장하지 못했습니다({reason}). 다른 곳을 고르세요.</translation>
  </message>
  <message>
   <source>{file} has a gap in time between row {row} ({time}) and row {next_row} ({next_time}); the {left_out} windows that would cross it are left out.</source>
   <translation>{file}의 {row}행({time})과 {next_row}행({next_time}) 사이에 시간이 비어 있습니다. 그 사이에 걸치는 구간 {left_out}개는 뺍니다.</translation>
  </message>
  <message>
   <source>{file} has a header but no rows; choose another file.</source>
   <translation>{file}에는 머리글만 있고 행이 없습니다. 다른 파일을 고르세요.</translation>
  </message>
  <message>
   <source>{file} has a single column, {column}; a table needs an input and a target, with commas, semicolons or tabs between them.</source>
   <translation>{file}에는 {column} 열 하나뿐입니다. 쉼표, 세미콜론, 탭으로 나눈 입력과 목표가 필요합니다.</translation>
  </message>
  <message>
   <source>{file} has no column to predict from; it needs one of numbers or of a few different texts.</source>
   <translation>{file}에는 입력으로 쓸 열이 없습니다. 수이거나 글자가 몇 가지뿐인 열이 필요합니다.</translation>
  </message>
  <message>
   <source>{file} has no column {column}; it has {found}.</source>
   <translation>{file}에는 {column} 열이 없습니다. 있는 열: {found}.</translation>
  </message>
  <message>
   <source>{file} has no column {missing}; it has {found}. The file needs {needed}.</source>
   <translation>{file}에 {missing} 열이 없습니다. 있는 열은 {found}이고, 필요한 열은 {needed}입니다.</translation>
  </message>
  <message>
   <source>{file} has not been read to its end.</source>
   <translation>{file} 파일을 끝까지 읽지 않았습니다.</translation>
  </message>
  <message>
   <source>{file} has the label {label} at place {place}; labels go from 0 to {last}.</source>
   <translation>{file}의 {place}번째 레이블이 {label}입니다. 레이블은 0부터 {last}까지입니다.</translation>
  </message>
  <message>
   <source>{file} has two columns called {column}; rename one.</source>
   <translation>{file}에 이름이 {column}인 열이 둘입니다. 하나의 이름을 바꾸세요.</translation>
  </message>
  <message>
   <source>{file} has two columns for {column}: {found}; delete or rename one.</source>
   <translation>{file}에 {column} 열이 둘입니다: {found}. 하나를 지우거나 이름을 바꾸세요.</translation>
  </message>
  <message>
   <source>{file} has {count} characters; the first {most} are used.</source>
   <translation>{file}의 글자는 {count}자입니다. 앞의 {most}자만 씁니다.</translation>
  </message>
  <message>
   <source>{file} has {found} different tokens, so that {share} of it lie outside of the vocabulary of {size}; raise the vocabulary or cut the text in another way.</source>
   <translation>{file}에는 서로 다른 토큰이 {found}개 있어 전체의 {share}가 어휘 {size}개에 들지 못합니다. 어휘 수를 늘리거나 다른 토큰 단위를 고르십시오.</translation>
  </message>
  <message>
   <source>{file} has {gaps} gaps in time, the first between row {row} ({time}) and row {next_row} ({next_time}); the {left_out} windows that would cross them are left out.</source>
   <translation>{file}에 시간이 비어 있는 곳이 {gaps}군데 있고, 첫 번째는 {row}행({time})과 {next_row}행({next_time}) 사이입니다. 그 사이에 걸치는 구간 {left_out}개는 뺍니다.</translation>
  </message>
  <message>
   <source>{file} has {rows} rows that can be used, too few for a training, a validation and a test part; take a longer file or other shares.</source>
   <translation>{file}에서 쓸 수 있는 행이 {rows}개로 학습용, 검증용, 평가용으로 나누기에 모자랍니다. 더 긴 파일이나 다른 비율을 쓰세요.</translation>
  </message>
  <message>
   <source>{file} has {rows} rows, at most {unbroken} of them without a gap in time; a window of {window} rows and a horizon of {horizon} need {needed}. Take a longer file or a shorter window.</source>
   <translation>{file}에는 {rows}행이 있고 시간이 이어지는 행은 많아야 {unbroken}행입니다. 입력 길이 {window}행과 예측 시점 {horizon}행에는 {needed}행이 있어야 합니다. 더 긴 파일을 쓰거나 입력 길이를 줄이세요.</translation>
  </message>
  <message>
   <source>{file} holds no trained weights; train it first.</source>
   <translation>{file}에 학습된 가중치가 없습니다. 먼저 학습하세요.</translation>
  </message>
  <message>
   <source>{file} holds {count} images; training and validation need at least {fewest}.</source>
   <translation>{file}에는 이미지가 {count}개뿐입니다. 학습과 검증에는 적어도 {fewest}개가 있어야 합니다.</translation>
  </message>
  <message>
   <source>{file} holds {shape} values of type {type}; it needs images of {height}×{width} pixels, one byte each.</source>
   <translation>{file}에는 {type}형 값이 {shape} 모양으로 들어 있습니다. 화소마다 1바이트인 {height}×{width} 이미지가 있어야 합니다.</translation>
  </message>
  <message>
   <source>{file} holds {shape} values of type {type}; it needs labels, one byte each.</source>
   <translation>{file}에는 {type}형 값이 {shape} 모양으로 들어 있습니다. 1바이트씩인 레이블이 있어야 합니다.</translation>
  </message>
  <message>
   <source>{file} is damaged: {reason}; get the file anew.</source>
   <translation>{file} 파일이 손상되었습니다: {reason}. 파일을 다시 구하세요.</translation>
  </message>
  <message>
   <source>{file} is empty; choose another file.</source>
   <translation>{file}은(는) 빈 파일입니다. 다른 파일을 고르세요.</translation>
  </message>
  <message>
   <source>{file} is neither a project (.nnp) nor a table (.csv, .tsv) nor a text (.txt); save it as one of these.</source>
   <translation>{file}은(는) 프로젝트(.nnp)도 표(.csv, .tsv)도 텍스트(.txt)도 아닙니다. 이 가운데 하나로 저장하세요.</translation>
  </message>
  <message>
   <source>{file} is no text in UTF-8 or CP949; save it as a CSV file in UTF-8.</source>
   <translation>{file}은(는) UTF-8이나 CP949로 된 글이 아닙니다. UTF-8 CSV 파일로 저장하세요.</translation>
  </message>
  <message>
   <source>{file} is no text in UTF-8 or CP949; save it as a plain text file in UTF-8.</source>
   <translation>{file}은(는) UTF-8이나 CP949로 된 글이 아닙니다. UTF-8 텍스트 파일로 저장하십시오.</translation>
  </message>
  <message>
   <source>{file} is no text in {encoding}; choose another encoding.</source>
   <translation>{file}은(는) {encoding} 텍스트가 아닙니다. 다른 인코딩을 고르세요.</translation>
  </message>
  <message>
   <source>{file} is not an IDX file; choose the MNIST files as they were downloaded.</source>
   <translation>{file}은(는) IDX 파일이 아닙니다. 내려받은 그대로의 MNIST 파일을 고르세요.</translation>
  </message>
  <message>
   <source>{file} is too short: no sentence is left for the {part}; take a longer text.</source>
   <translation>{file}이(가) 너무 짧아 {part}에 쓸 문장이 없습니다. 더 긴 글을 쓰십시오.</translation>
  </message>
  <message>
   <source>{file} is too short: {count} tokens are left for the {part}, which needs more than the context length of {context}; take a longer text or a shorter context.</source>
   <translation>{file}이(가) 너무 짧습니다. {part}에 토큰이 {count}개 남는데, 문맥 길이 {context}보다 많아야 합니다. 더 긴 글을 쓰거나 문맥 길이를 줄이십시오.</translation>
  </message>
  <message>
   <source>{file}, row {row} has {cells} cells where the header has {columns}; delete the delimiters that are too many.</source>
   <translation>{file} {row}행의 칸은 {cells}개인데 머리글은 {columns}개입니다. 남는 구분 기호를 지우세요.</translation>
  </message>
  <message>
   <source>{file}, row {row} is no line of a CSV file ({reason}); correct or delete it.</source>
   <translation>{file} {row}행은 CSV 파일의 줄이 아닙니다({reason}). 고치거나 지우세요.</translation>
  </message>
  <message>
   <source>{file}, row {row}: the time {time} lies before that of row {above}; sort the rows by time.</source>
   <translation>{file} {row}행: 시각 {time}이(가) {above}행보다 앞섭니다. 시간순으로 정렬하세요.</translation>
  </message>
  <message>
   <source>{file}, row {row}: the time {time} stands in row {above} already; delete one of the two rows.</source>
   <translation>{file} {row}행: 시각 {time}이(가) {above}행에 이미 있습니다. 두 행 가운데 하나를 지우세요.</translation>
  </message>
  <message>
   <source>{file}, row {row}: {column} has no value; fill it in or delete the row, which then counts as a gap in time.</source>
   <translation>{file} {row}행: {column} 값이 없습니다. 값을 채우거나 행을 지우세요. 지운 행은 시간이 빈 것으로 봅니다.</translation>
  </message>
  <message>
   <source>{file}, row {row}: {column} has no value; fill it in, or choose how to treat missing values.</source>
   <translation>{file} {row}행: {column} 값이 비어 있습니다. 값을 채우거나 빈 값 처리 방법을 고르세요.</translation>
  </message>
  <message>
   <source>{file}, row {row}: {column} holds {value} where a number belongs; correct it or delete the row.</source>
   <translation>{file} {row}행: {column}에 숫자가 아닌 {value}이(가) 있습니다. 고치거나 행을 지우세요.</translation>
  </message>
  <message>
   <source>{file}, row {row}: {column} holds {value} where a time belongs; write it as {example}.</source>
   <translation>{file} {row}행: {column}에 시각이 아닌 {value}이(가) 있습니다. {example}처럼 쓰세요.</translation>
  </message>
  <message>
   <source>{file}, row {row}: {column} holds {value}, which is not finite; correct it or delete the row.</source>
   <translation>{file} {row}행: {column}의 {value}은(는) 유한한 수가 아닙니다. 고치거나 행을 지우세요.</translation>
  </message>
  <message>
   <source>{file}, row {row}: {column} holds {value}, which is too large; correct it or delete the row.</source>
   <translation>{file} {row}행: {column} 값 {value}은(는) 너무 큽니다. 고치거나 그 행을 지우세요.</translation>
  </message>
  <message>
   <source>{file}: all rows have the same answer in the column {column}; there is nothing to learn.</source>
   <translation>{file}: {column} 열의 답이 모든 행에서 같아 배울 것이 없습니다.</translation>
  </message>
  <message>
   <source>{file}: left out of the inputs, as they hold too many different texts: {columns}.</source>
   <translation>{file}: 서로 다른 글자가 너무 많아 입력에서 뺀 열: {columns}.</translation>
  </message>
  <message>
   <source>{file}: missing values filled in from the training part: {count}.</source>
   <translation>{file}: 학습용 데이터로 채운 빈 값: {count}개.</translation>
  </message>
  <message>
   <source>{file}: the column {column} has {count} classes, more than {most}; predict a number, or give thresholds.</source>
   <translation>{file}: {column} 열의 클래스가 {count}개로 {most}개를 넘습니다. 수로 예측하거나 임곗값을 정하세요.</translation>
  </message>
  <message>
   <source>{file}: the column {column} holds numbers too large to train on; correct them, or choose another scaling.</source>
   <translation>{file}: {column} 열의 수가 학습하기에 너무 큽니다. 고치거나 다른 스케일링을 고르세요.</translation>
  </message>
  <message>
   <source>{file}: the column {column} holds texts, which cannot be predicted as a number; predict classes.</source>
   <translation>{file}: {column} 열은 글자여서 수로 예측할 수 없습니다. 클래스로 예측하세요.</translation>
  </message>
  <message>
   <source>{file}: the column {column} holds {count} different texts, more than {most}; leave it out of the inputs.</source>
   <translation>{file}: {column} 열에 서로 다른 글자가 {count}가지로 {most}가지를 넘습니다. 입력에서 빼세요.</translation>
  </message>
  <message>
   <source>{file}: the rows follow each other in time ({column}); drawn by chance, the training part knows the future of the rows it is tested on. Take the parts in order.</source>
   <translation>{file}: 행이 시간 순서입니다({column}). 무작위로 나누면 평가할 행의 미래를 학습에서 미리 봅니다. 표의 순서대로 나누세요.</translation>
  </message>
  <message>
   <source>{file}: {column} is the target, so it cannot be among the inputs; take it out.</source>
   <translation>{file}: {column}은(는) 목표이므로 입력으로 쓸 수 없습니다. 입력에서 빼세요.</translation>
  </message>
  <message>
   <source>{file}: {count} of {rows} rows are left out because a value is missing, the first is row {row}.</source>
   <translation>{file}: 빈 값이 있어 {rows}행 가운데 {count}행을 뺐습니다. 첫 행은 {row}행입니다.</translation>
  </message>
  <message>
   <source>{file}: {reason}</source>
   <translation>{file}: {reason}</translation>
  </message>
  <message>
   <source>{first} to {last}</source>
   <translation>{first}부터 {last}까지</translation>
  </message>
  <message>
   <source>{folder} cannot be written: {reason}; make room there or choose another folder.</source>
   <translation>{folder}에 쓸 수 없습니다: {reason}. 자리를 비우거나 다른 폴더를 고르세요.</translation>
  </message>
  <message>
   <source>{folder} lacks {files}; put what is missing beside the other MNIST files.</source>
   <translation>{folder}에 {files} 파일이 없습니다. 빠진 파일을 다른 MNIST 파일 옆에 두세요.</translation>
  </message>
  <message>
   <source>{heads} · causal</source>
   <translation>{heads} · 인과</translation>
  </message>
  <message>
   <source>{heads} · {units}</source>
   <translation>{heads} · {units}</translation>
  </message>
  <message>
   <source>{host} answered {status}</source>
   <translation>{host}의 응답은 {status}입니다</translation>
  </message>
  <message>
   <source>{host} cannot be reached</source>
   <translation>{host}에 연결할 수 없습니다</translation>
  </message>
  <message>
   <source>{host} has another file of that name</source>
   <translation>{host}에는 같은 이름의 다른 파일이 있습니다</translation>
  </message>
  <message>
   <source>{images} holds {image_count} images and {labels} {label_count} labels; choose two files that belong together.</source>
   <translation>{images}의 이미지는 {image_count}개인데 {labels}의 레이블은 {label_count}개입니다. 서로 맞는 두 파일을 고르세요.</translation>
  </message>
  <message>
   <source>{kernel} · pad {padding} · {activation}</source>
   <translation>{kernel} · 패딩 {padding} · {activation}</translation>
  </message>
  <message>
   <source>{kernel} · {activation}</source>
   <translation>{kernel} · {activation}</translation>
  </message>
  <message>
   <source>{kernel} · {count} centres</source>
   <translation>{kernel} · 중심 {count}개</translation>
  </message>
  <message>
   <source>{kind} {number}</source>
   <translation>{kind} {number}</translation>
  </message>
  <message>
   <source>{layer} begins with a state of {wanted} numbers, but gets {shape}.</source>
   <translation>{layer}의 초기 상태는 숫자 {wanted}개여야 하지만, {shape}이(가) 들어왔습니다.</translation>
  </message>
  <message>
   <source>{layer} cannot lay {count} values out as {shape}.</source>
   <translation>{layer}은(는) 값 {count}개를 {shape} 모양으로 놓을 수 없습니다.</translation>
  </message>
  <message>
   <source>{layer} compares its input with the vectors of the embedding, which have {units} numbers, but gets {features}.</source>
   <translation>{layer}은(는) 입력을 임베딩의 벡터와 비교합니다. 벡터에는 숫자가 {units}개 있지만 입력에는 {features}개가 들어옵니다.</translation>
  </message>
  <message>
   <source>{layer} divides the features among {heads} heads, but gets {features} features.</source>
   <translation>{layer}은(는) 특성을 헤드 {heads}개로 똑같이 나누지만 특성 {features}개가 들어옵니다.</translation>
  </message>
  <message>
   <source>{layer} has {units} units, but the embedding has {words} words.</source>
   <translation>{layer}에는 유닛이 {units}개 있지만 임베딩에는 단어가 {words}개 있습니다.</translation>
  </message>
  <message>
   <source>{layer} hides later steps, so its sequences need the same length, but they have {steps} and {memory} steps.</source>
   <translation>{layer}은(는) 이후 시점을 가리므로 두 시퀀스의 길이가 같아야 하지만 시점이 {steps}개와 {memory}개입니다.</translation>
  </message>
  <message>
   <source>{layer} needs a list of word numbers, but gets {shape}.</source>
   <translation>{layer}에는 단어 번호의 목록이 필요하지만 {shape} 모양이 들어옵니다.</translation>
  </message>
  <message>
   <source>{layer} needs a list or a sequence, but gets {shape}.</source>
   <translation>{layer}에는 리스트나 시퀀스가 필요하지만 {shape}이(가) 들어옵니다.</translation>
  </message>
  <message>
   <source>{layer} needs a list, but gets {shape}.</source>
   <translation>{layer}에는 한 줄로 된 값이 필요한데 {shape} 값이 들어옵니다.</translation>
  </message>
  <message>
   <source>{layer} needs a mask with one number for each of {steps} steps, but gets {count}.</source>
   <translation>{layer}의 마스크에는 시점 {steps}개마다 숫자가 하나씩 필요하지만 {count}개가 들어옵니다.</translation>
  </message>
  <message>
   <source>{layer} needs a sequence of steps and features, but gets {shape}.</source>
   <translation>{layer}에는 시점과 특성으로 된 시퀀스가 필요하지만 {shape}이(가) 들어옵니다.</translation>
  </message>
  <message>
   <source>{layer} needs a sequence, but gets one row of {count} numbers.</source>
   <translation>{layer}에는 시퀀스가 필요하지만 숫자 {count}개로 된 한 행이 들어옵니다.</translation>
  </message>
  <message>
   <source>{layer} needs an image of channels, rows and columns, but gets {shape}.</source>
   <translation>{layer}에는 채널, 행, 열로 된 이미지가 필요하지만 {shape}이(가) 들어옵니다.</translation>
  </message>
  <message>
   <source>{layer} needs an image or a sequence, but gets a list of {count} numbers.</source>
   <translation>{layer}에는 이미지나 시퀀스가 필요하지만 숫자 {count}개의 목록이 들어옵니다.</translation>
  </message>
  <message>
   <source>{layer} needs an image or a sequence, but gets {shape}.</source>
   <translation>{layer}에는 이미지나 시퀀스가 필요하지만 {shape}이(가) 들어옵니다.</translation>
  </message>
  <message>
   <source>{layer} needs an image, but gets a list of {count} numbers.</source>
   <translation>{layer}에는 이미지가 필요하지만 숫자 {count}개의 목록이 들어옵니다.</translation>
  </message>
  <message>
   <source>{layer} orders {wanted} axes, but gets {shape}.</source>
   <translation>{layer}은(는) 축 {wanted}개의 순서를 바꾸지만 {shape}이(가) 들어옵니다.</translation>
  </message>
  <message>
   <source>{layer} passes on place {place}, counted from 0, but there are only {count}.</source>
   <translation>{layer}은(는) 0부터 세어 {place}번 자리까지 넘겨주지만 입력에는 {count}개뿐입니다.</translation>
  </message>
  <message>
   <source>{layer} shares the table of an embedding, but none stands above it.</source>
   <translation>{layer}은(는) 임베딩의 표를 함께 쓰지만 위에 임베딩이 없습니다.</translation>
  </message>
  <message>
   <source>{layer} stops at {stop}, but must stop behind its start, {start}.</source>
   <translation>{layer}은(는) {stop}에서 끝나지만 시작인 {start}보다 뒤에서 끝나야 합니다.</translation>
  </message>
  <message>
   <source>{layer} takes a sequence and at most one memory, but gets {count} sequences.</source>
   <translation>{layer}은(는) 시퀀스 하나와 메모리를 많아야 하나 받지만 시퀀스 {count}개가 들어옵니다.</translation>
  </message>
  <message>
   <source>{layer} takes a sequence and at most one state, but gets {count} inputs.</source>
   <translation>{layer}은(는) 시퀀스 하나와 상태를 최대 하나 받지만, 입력이 {count}개입니다.</translation>
  </message>
  <message>
   <source>{layer} takes at most one padding mask, but gets {count}.</source>
   <translation>{layer}은(는) 패딩 마스크를 많아야 하나 받지만 {count}개가 들어옵니다.</translation>
  </message>
  <message>
   <source>{layer} takes one sequence, but gets {count}.</source>
   <translation>{layer}은(는) 시퀀스를 하나 받지만 {count}개가 들어옵니다.</translation>
  </message>
  <message>
   <source>{layer} would make {count} products of {features} inputs, more than {most}; put a smaller layer before it.</source>
   <translation>{layer}은(는) 입력 {features}개로 곱을 {count}개 만들게 되어 {most}개를 넘습니다. 앞에 더 작은 층을 두세요.</translation>
  </message>
  <message>
   <source>{loss} does not weigh classes, nor skip places without an answer.</source>
   <translation>{loss}은(는) 클래스에 가중치를 주거나 답이 없는 자리를 건너뛸 수 없습니다.</translation>
  </message>
  <message>
   <source>{loss} is for classes; {task} predicts a number.</source>
   <translation>{loss}은(는) 클래스에 쓰는데 {task}은(는) 숫자를 예측합니다.</translation>
  </message>
  <message>
   <source>{name}</source>
   <translation>{name}</translation>
  </message>
  <message>
   <source>{name} cannot be an input; a network has one.</source>
   <translation>{name}을(를) 입력으로 쓸 수 없습니다. 신경망의 입력은 하나입니다.</translation>
  </message>
  <message>
   <source>{name} cannot be bypassed; every network has one.</source>
   <translation>{name}은(는) 우회할 수 없습니다. 모든 신경망에 하나씩 있어야 합니다.</translation>
  </message>
  <message>
   <source>{name} cannot be deleted; every network has one.</source>
   <translation>{name}은(는) 지울 수 없습니다. 신경망마다 하나씩 있어야 합니다.</translation>
  </message>
  <message>
   <source>{name} cannot move there.</source>
   <translation>{name}은(는) 그곳으로 옮길 수 없습니다.</translation>
  </message>
  <message>
   <source>{name} holds branches together and stays where it is.</source>
   <translation>{name}은(는) 가지를 잇고 있어 옮길 수 없습니다.</translation>
  </message>
  <message>
   <source>{name} is bypassed or not: true or false, not {value}.</source>
   <translation>{name}의 우회 여부는 true나 false여야 하며 {value}일 수 없습니다.</translation>
  </message>
  <message>
   <source>{name} is not connected to the network.</source>
   <translation>{name}이(가) 신경망에 연결되어 있지 않습니다.</translation>
  </message>
  <message>
   <source>{name} keeps its name.</source>
   <translation>{name}의 이름은 바꿀 수 없습니다.</translation>
  </message>
  <message>
   <source>{name} reads several layers, but takes one.</source>
   <translation>{name}은(는) 층 하나만 받을 수 있는데 여러 층이 이어져 있습니다.</translation>
  </message>
  <message>
   <source>{name} reads {source}, which does not come before it.</source>
   <translation>{name}이(가) 읽는 {source}이(가) 그 앞에 있지 않습니다.</translation>
  </message>
  <message>
   <source>{number} above {above}</source>
   <translation>{above}보다 큰 {number}</translation>
  </message>
  <message>
   <source>{number} above {above} and at most {high}</source>
   <translation>{above}보다 크고 {high} 이하인 {number}</translation>
  </message>
  <message>
   <source>{number} from {low} to {high}</source>
   <translation>{low} 이상 {high} 이하인 {number}</translation>
  </message>
  <message>
   <source>{number} of at least {low}</source>
   <translation>{low} 이상인 {number}</translation>
  </message>
  <message>
   <source>{number} of at most {high}</source>
   <translation>{high} 이하인 {number}</translation>
  </message>
  <message>
   <source>{owner} has no setting {field}; it has {known}.</source>
   <translation>{owner}에 {field} 설정이 없습니다. 있는 설정은 {known}입니다.</translation>
  </message>
  <message>
   <source>{owner}: a point of one's own is x₁ and x₂ within ±{far} and a class from 0 to {last}, not {value}.</source>
   <translation>{owner}: 직접 그린 점은 ±{far} 안의 x₁, x₂와 0부터 {last}까지의 클래스여야 하며, {value}일 수 없습니다.</translation>
  </message>
  <message>
   <source>{owner}: thresholds must rise from one to the next, not {value}.</source>
   <translation>{owner}: 임곗값은 앞에서 뒤로 커져야 하며 {value}은(는) 쓸 수 없습니다.</translation>
  </message>
  <message>
   <source>{owner}: training_share {training} and validation_share {validation} leave nothing to test; together they may be at most 0.95.</source>
   <translation>{owner}: training_share {training}과(와) validation_share {validation}이(가) 평가용 데이터를 남기지 않습니다. 둘의 합은 0.95까지입니다.</translation>
  </message>
  <message>
   <source>{owner}: {column} is to be predicted at the same time, so it cannot be among the inputs; take it out, or choose a horizon of 1 or more.</source>
   <translation>{owner}: 같은 시각의 {column}을(를) 예측하므로 입력으로 쓸 수 없습니다. 입력에서 빼거나 예측 시점을 1 이상으로 고르세요.</translation>
  </message>
  <message>
   <source>{owner}: {field} has no settings of its own.</source>
   <translation>{owner}: {field}에는 따로 정할 설정이 없습니다.</translation>
  </message>
  <message>
   <source>{owner}: {field} must be {allowed}, not {value}.</source>
   <translation>{owner}: {field} 값은 {allowed}이어야 하는데 {value}입니다.</translation>
  </message>
  <message>
   <source>{owner}: {field} names {column} twice; name it once.</source>
   <translation>{owner}: {field}에 {column}이(가) 두 번 있습니다. 한 번만 쓰세요.</translation>
  </message>
  <message>
   <source>{percent}% left out</source>
   <translation>{percent}% 빼기</translation>
  </message>
  <message>
   <source>{reason}</source>
   <translation>{reason}</translation>
  </message>
  <message>
   <source>{share} of the text lie outside of the vocabulary of {size} and are unknown to the network.</source>
   <translation>글의 {share}가 어휘 {size}개에 들지 못해 신경망은 이를 알지 못합니다.</translation>
  </message>
  <message>
   <source>{size}</source>
   <translation>{size}</translation>
  </message>
  <message>
   <source>{size} · stride {stride}</source>
   <translation>{size} · 스트라이드 {stride}</translation>
  </message>
  <message>
   <source>{steps} steps</source>
   <translation>시점 {steps}개</translation>
  </message>
  <message>
   <source>{target} reads only {source}; every layer needs an input.</source>
   <translation>{target}의 입력은 {source}뿐입니다. 모든 층에는 입력이 있어야 합니다.</translation>
  </message>
  <message>
   <source>{target} reads {source} already.</source>
   <translation>{target}은(는) 이미 {source}에 연결되어 있습니다.</translation>
  </message>
  <message>
   <source>{task} has {wanted} different tokens, {layer} knows {known}.</source>
   <translation>{task}에는 서로 다른 토큰이 {wanted}개 있는데, {layer}은(는) {known}개만 압니다.</translation>
  </message>
  <message>
   <source>{task} needs one unit for each number it predicts ({labels}), {layer} has {units}.</source>
   <translation>{task}에는 예측하는 수({labels})마다 유닛이 하나씩 필요하지만, {layer}의 유닛 수는 {units}입니다.</translation>
  </message>
  <message>
   <source>{task} wants an answer at each of {steps} steps, {layer} gives {got}.</source>
   <translation>{task}은(는) {steps}개 시점마다 답이 필요한데, {layer}의 출력은 {got}입니다.</translation>
  </message>
  <message>
   <source>{task} wants one answer a sample, {layer} gives {got}.</source>
   <translation>{task}은(는) 표본마다 답이 하나 필요한데, {layer}의 출력은 {got}입니다.</translation>
  </message>
  <message>
   <source>{units} · {activation}</source>
   <translation>{units} · {activation}</translation>
  </message>
  <message>
   <source>{value} is no weight; type a number such as −1.5.</source>
   <translation>{value}은(는) 가중치가 될 수 없습니다. −1.5와 같은 수를 입력하십시오.</translation>
  </message>
  <message>
   <source>{window} · pad {padding}</source>
   <translation>{window} · 패딩 {padding}</translation>
  </message>
  <message>
   <source>{words} words</source>
   <translation>단어 {words}개</translation>
  </message>
  <message>
   <source>{words} words · {units} units</source>
   <translation>단어 {words}개 · 유닛 {units}개</translation>
  </message>
  <message>
   <source>β</source>
   <translation>β</translation>
  </message>
  <message>
   <source>β₁</source>
   <translation>β₁</translation>
  </message>
  <message>
   <source>β₂</source>
   <translation>β₂</translation>
  </message>
  <message>
   <source>γ</source>
   <translation>γ</translation>
  </message>
  <message>
   <source>ε</source>
   <translation>ε</translation>
  </message>
  <message>
   <source>λ = {strength}</source>
   <translation>λ = {strength}</translation>
  </message>
  <message>
   <source>ρ</source>
   <translation>ρ</translation>
  </message>
 </context>
 <context>
  <name>playground</name>
  <message>
   <source>(and {count} more)</source>
   <translation>(외 {count}개)</translation>
  </message>
  <message>
   <source>+{count} params</source>
   <translation>파라미터 +{count}</translation>
  </message>
  <message>
   <source>0 closed</source>
   <translation>0 닫힘</translation>
  </message>
  <message>
   <source>1 open</source>
   <translation>1 열림</translation>
  </message>
  <message>
   <source>2 TP ÷ (2 TP + FP + FN): the harmonic mean of precision and recall</source>
   <translation>2 TP ÷ (2 TP + FP + FN): 정밀도와 재현율의 조화 평균</translation>
  </message>
  <message>
   <source>A bias adds itself</source>
   <translation>편향은 그대로 더해집니다</translation>
  </message>
  <message>
   <source>A long valley, 30 times as steep across as along.</source>
   <translation>길이 방향보다 가로 방향이 30배 가파른 긴 골짜기입니다.</translation>
  </message>
  <message>
   <source>A problem keeps it from training</source>
   <translation>문제가 있어 학습할 수 없습니다</translation>
  </message>
  <message>
   <source>A sentence with {mask}</source>
   <translation>{mask}가 든 문장</translation>
  </message>
  <message>
   <source>About Neural Playground</source>
   <translation>신경망 놀이터 정보</translation>
  </message>
  <message>
   <source>Accuracy</source>
   <translation>정확도</translation>
  </message>
  <message>
   <source>accuracy {share}</source>
   <translation>정확도 {share}</translation>
  </message>
  <message>
   <source>Activation function f and its derivative f′</source>
   <translation>활성화 함수 f와 도함수 f′</translation>
  </message>
  <message>
   <source>Activations</source>
   <translation>활성값</translation>
  </message>
  <message>
   <source>adj.</source>
   <translation>형용사</translation>
  </message>
  <message>
   <source>after changing all {count} parameters</source>
   <translation>파라미터 {count}개를 모두 바꾼 뒤</translation>
  </message>
  <message>
   <source>after changing only this bias</source>
   <translation>이 편향만 바꾼 뒤</translation>
  </message>
  <message>
   <source>after changing only this weight</source>
   <translation>이 가중치만 바꾼 뒤</translation>
  </message>
  <message>
   <source>after the last step of each sample of {date}</source>
   <translation>{date}의 각 샘플, 마지막 시점 뒤</translation>
  </message>
  <message>
   <source>Align</source>
   <translation>맞춤</translation>
  </message>
  <message>
   <source>Align bottom</source>
   <translation>아래쪽 맞춤</translation>
  </message>
  <message>
   <source>Align center</source>
   <translation>가운데 맞춤</translation>
  </message>
  <message>
   <source>Align left</source>
   <translation>왼쪽 맞춤</translation>
  </message>
  <message>
   <source>Align middle</source>
   <translation>중간 맞춤</translation>
  </message>
  <message>
   <source>Align right</source>
   <translation>오른쪽 맞춤</translation>
  </message>
  <message>
   <source>Align top</source>
   <translation>위쪽 맞춤</translation>
  </message>
  <message>
   <source>All</source>
   <translation>전체</translation>
  </message>
  <message>
   <source>all</source>
   <translation>전체</translation>
  </message>
  <message>
   <source>All files</source>
   <translation>모든 파일</translation>
  </message>
  <message>
   <source>All heads</source>
   <translation>모든 헤드</translation>
  </message>
  <message>
   <source>All networks …</source>
   <translation>모든 신경망 …</translation>
  </message>
  <message>
   <source>Always “{label}” is right for {share} of the test part.</source>
   <translation>항상 “{label}”(이)라고 해도 평가용의 {share}를 맞힙니다.</translation>
  </message>
  <message>
   <source>Answers</source>
   <translation>답</translation>
  </message>
  <message>
   <source>Any sample</source>
   <translation>아무 샘플</translation>
  </message>
  <message>
   <source>area under the ROC curve</source>
   <translation>ROC 곡선 아래 면적</translation>
  </message>
  <message>
   <source>Areas under the curves</source>
   <translation>곡선 아래 면적</translation>
  </message>
  <message>
   <source>as predicted</source>
   <translation>예측한 클래스</translation>
  </message>
  <message>
   <source>Attention</source>
   <translation>어텐션</translation>
  </message>
  <message>
   <source>Auto</source>
   <translation>자동</translation>
  </message>
  <message>
   <source>Automatic</source>
   <translation>자동</translation>
  </message>
  <message>
   <source>average precision</source>
   <translation>평균 정밀도</translation>
  </message>
  <message>
   <source>Axes, smoothing, saving</source>
   <translation>축, 매끄럽게, 저장</translation>
  </message>
  <message>
   <source>Back</source>
   <translation>돌아가기</translation>
  </message>
  <message>
   <source>Back into the window</source>
   <translation>창 안으로 되돌리기</translation>
  </message>
  <message>
   <source>Back through the weights to the hidden units</source>
   <translation>가중치를 거슬러 은닉 유닛으로</translation>
  </message>
  <message>
   <source>Back to the network</source>
   <translation>신경망으로 돌아가기</translation>
  </message>
  <message>
   <source>Back to the present value</source>
   <translation>지금 값으로 돌아가기</translation>
  </message>
  <message>
   <source>Backprop microscope</source>
   <translation>역전파 현미경</translation>
  </message>
  <message>
   <source>Bar |</source>
   <translation>세로줄 |</translation>
  </message>
  <message>
   <source>Batch</source>
   <translation>배치</translation>
  </message>
  <message>
   <source>Beginning</source>
   <translation>첫머리</translation>
  </message>
  <message>
   <source>Beyond the course</source>
   <translation>강의에서 다루지 않음</translation>
  </message>
  <message>
   <source>Bias of {layer}</source>
   <translation>{layer}의 편향</translation>
  </message>
  <message>
   <source>Blank</source>
   <translation>빈칸</translation>
  </message>
  <message>
   <source>Blobs</source>
   <translation>두 덩어리</translation>
  </message>
  <message>
   <source>Block</source>
   <translation>블록 만들기</translation>
  </message>
  <message>
   <source>block of {count} layers</source>
   <translation>층 {count}개로 된 블록</translation>
  </message>
  <message>
   <source>Block {number}</source>
   <translation>블록 {number}</translation>
  </message>
  <message>
   <source>Blue pixels speak for {label}, orange ones against it.</source>
   <translation>파란 픽셀은 {label}에 유리하고 주황 픽셀은 불리합니다.</translation>
  </message>
  <message>
   <source>Breast cancer</source>
   <translation>유방암</translation>
  </message>
  <message>
   <source>Brush</source>
   <translation>붓</translation>
  </message>
  <message>
   <source>Build a neural network, press play, and watch it learn.</source>
   <translation>신경망을 만들고 학습을 시작해 배우는 모습을 지켜보세요.</translation>
  </message>
  <message>
   <source>Built-in data</source>
   <translation>내장 데이터</translation>
  </message>
  <message>
   <source>Built-in digits</source>
   <translation>내장 숫자</translation>
  </message>
  <message>
   <source>By layer</source>
   <translation>층별 수치</translation>
  </message>
  <message>
   <source>by time step</source>
   <translation>시점별</translation>
  </message>
  <message>
   <source>Bypass / Use again</source>
   <translation>우회 / 다시 사용</translation>
  </message>
  <message>
   <source>Bypass the layer</source>
   <translation>층 우회</translation>
  </message>
  <message>
   <source>Bypass {layer}</source>
   <translation>{layer} 우회</translation>
  </message>
  <message>
   <source>bypassed</source>
   <translation>우회됨</translation>
  </message>
  <message>
   <source>Cancel</source>
   <translation>취소</translation>
  </message>
  <message>
   <source>Candidate</source>
   <translation>후보 상태</translation>
  </message>
  <message>
   <source>Captions of digits</source>
   <translation>숫자 이름 쓰기</translation>
  </message>
  <message>
   <source>Cell state</source>
   <translation>셀 상태</translation>
  </message>
  <message>
   <source>Chain rule, one factor at a time</source>
   <translation>연쇄법칙, 인수 하나씩</translation>
  </message>
  <message>
   <source>Change all weights as shown, by this sample alone; the run does not count it</source>
   <translation>이 샘플 하나로 모든 가중치를 보이는 대로 바꿉니다. 이터레이션으로는 세지 않습니다</translation>
  </message>
  <message>
   <source>Change batch size</source>
   <translation>배치 크기 바꾸기</translation>
  </message>
  <message>
   <source>Change classes</source>
   <translation>클래스 변경</translation>
  </message>
  <message>
   <source>Change data</source>
   <translation>데이터 바꾸기</translation>
  </message>
  <message>
   <source>Change data split</source>
   <translation>데이터 분할 변경</translation>
  </message>
  <message>
   <source>Change delimiter</source>
   <translation>구분 기호 변경</translation>
  </message>
  <message>
   <source>Change encoding</source>
   <translation>인코딩 변경</translation>
  </message>
  <message>
   <source>Change feature crosses</source>
   <translation>특성 교차 변경</translation>
  </message>
  <message>
   <source>Change header</source>
   <translation>머리글 변경</translation>
  </message>
  <message>
   <source>Change horizon</source>
   <translation>예측 시점 변경</translation>
  </message>
  <message>
   <source>Change inputs</source>
   <translation>입력 변수 변경</translation>
  </message>
  <message>
   <source>Change learning rate</source>
   <translation>학습률 바꾸기</translation>
  </message>
  <message>
   <source>Change look-back</source>
   <translation>입력 길이 변경</translation>
  </message>
  <message>
   <source>Change loss function</source>
   <translation>손실 함수 바꾸기</translation>
  </message>
  <message>
   <source>Change missing values</source>
   <translation>빈 값 처리 변경</translation>
  </message>
  <message>
   <source>Change noise</source>
   <translation>잡음 바꾸기</translation>
  </message>
  <message>
   <source>Change number of points</source>
   <translation>점 개수 변경</translation>
  </message>
  <message>
   <source>Change of task</source>
   <translation>과제 바꾸기</translation>
  </message>
  <message>
   <source>Change optimizer</source>
   <translation>최적화 기법 바꾸기</translation>
  </message>
  <message>
   <source>Change order of rows</source>
   <translation>행 순서 변경</translation>
  </message>
  <message>
   <source>Change prediction</source>
   <translation>예측 대상 변경</translation>
  </message>
  <message>
   <source>Change regularization</source>
   <translation>규제화 바꾸기</translation>
  </message>
  <message>
   <source>Change regularization strength</source>
   <translation>규제 강도 바꾸기</translation>
  </message>
  <message>
   <source>Change scaling</source>
   <translation>스케일링 변경</translation>
  </message>
  <message>
   <source>Change simple RNN to LSTM</source>
   <translation>단순 RNN을 LSTM으로 바꾸기</translation>
  </message>
  <message>
   <source>Change target</source>
   <translation>예측 대상 변경</translation>
  </message>
  <message>
   <source>Change training images</source>
   <translation>학습용 이미지 수 변경</translation>
  </message>
  <message>
   <source>Change training share</source>
   <translation>학습용 비율 바꾸기</translation>
  </message>
  <message>
   <source>Change {activation} to ReLU</source>
   <translation>{activation}을(를) ReLU로 바꾸기</translation>
  </message>
  <message>
   <source>Change {layer}</source>
   <translation>{layer} 바꾸기</translation>
  </message>
  <message>
   <source>Change {setting}</source>
   <translation>{setting} 변경</translation>
  </message>
  <message>
   <source>Channel {number}</source>
   <translation>채널 {number}</translation>
  </message>
  <message>
   <source>Check by nudging</source>
   <translation>조금 움직여 확인하기</translation>
  </message>
  <message>
   <source>Checker</source>
   <translation>체커판</translation>
  </message>
  <message>
   <source>Choose from {least} to {most} values.</source>
   <translation>{least}개에서 {most}개까지 고르세요.</translation>
  </message>
  <message>
   <source>Circles</source>
   <translation>동심원</translation>
  </message>
  <message>
   <source>Class</source>
   <translation>클래스</translation>
  </message>
  <message>
   <source>class 0</source>
   <translation>클래스 0</translation>
  </message>
  <message>
   <source>class 1</source>
   <translation>클래스 1</translation>
  </message>
  <message>
   <source>class 2</source>
   <translation>클래스 2</translation>
  </message>
  <message>
   <source>class 3</source>
   <translation>클래스 3</translation>
  </message>
  <message>
   <source>Class limits</source>
   <translation>클래스 경계</translation>
  </message>
  <message>
   <source>class {label}</source>
   <translation>클래스 {label}</translation>
  </message>
  <message>
   <source>Clear</source>
   <translation>지우기</translation>
  </message>
  <message>
   <source>Click a layer to change its units and activation.</source>
   <translation>층을 누르면 유닛 수와 활성화 함수를 바꿀 수 있습니다.</translation>
  </message>
  <message>
   <source>click any weight to examine it</source>
   <translation>가중치를 누르면 자세히 볼 수 있습니다</translation>
  </message>
  <message>
   <source>Click to go there</source>
   <translation>누르면 그곳으로 갑니다</translation>
  </message>
  <message>
   <source>Click what you want to have explained; Esc gives up.</source>
   <translation>설명이 필요한 것을 누르세요. Esc로 그만둡니다.</translation>
  </message>
  <message>
   <source>Click: microscope</source>
   <translation>누르면 역전파 현미경</translation>
  </message>
  <message>
   <source>Clip the gradients, or lower the learning rate.</source>
   <translation>기울기를 자르거나 학습률을 낮추세요.</translation>
  </message>
  <message>
   <source>Close</source>
   <translation>닫기</translation>
  </message>
  <message>
   <source>Columns</source>
   <translation>열</translation>
  </message>
  <message>
   <source>Comma ,</source>
   <translation>쉼표 ,</translation>
  </message>
  <message>
   <source>Compute on</source>
   <translation>계산 장치</translation>
  </message>
  <message>
   <source>Confusion matrix</source>
   <translation>혼동 행렬</translation>
  </message>
  <message>
   <source>Connect</source>
   <translation>연결하기</translation>
  </message>
  <message>
   <source>Copy</source>
   <translation>복사</translation>
  </message>
  <message>
   <source>Count</source>
   <translation>개수</translation>
  </message>
  <message>
   <source>Course: {parts}</source>
   <translation>강의: {parts}</translation>
  </message>
  <message>
   <source>CPU (NumPy)</source>
   <translation>CPU (NumPy)</translation>
  </message>
  <message>
   <source>CSV files</source>
   <translation>CSV 파일</translation>
  </message>
  <message>
   <source>CuPy engine on the GPU</source>
   <translation>GPU의 CuPy 엔진</translation>
  </message>
  <message>
   <source>Curve</source>
   <translation>곡선</translation>
  </message>
  <message>
   <source>Custom</source>
   <translation>사용자 신경망</translation>
  </message>
  <message>
   <source>Cut</source>
   <translation>잘라내기</translation>
  </message>
  <message>
   <source>Dark</source>
   <translation>어두운 테마</translation>
  </message>
  <message>
   <source>Data</source>
   <translation>데이터</translation>
  </message>
  <message>
   <source>Data split</source>
   <translation>데이터 분할</translation>
  </message>
  <message>
   <source>Data table</source>
   <translation>데이터 표</translation>
  </message>
  <message>
   <source>Day</source>
   <translation>날</translation>
  </message>
  <message>
   <source>Day after</source>
   <translation>다음 날</translation>
  </message>
  <message>
   <source>Day before</source>
   <translation>전날</translation>
  </message>
  <message>
   <source>Decision boundary</source>
   <translation>결정 경계</translation>
  </message>
  <message>
   <source>Deep learning, Transformer, BERT, GPT</source>
   <translation>딥러닝, 트랜스포머, BERT, GPT</translation>
  </message>
  <message>
   <source>Deep-learning basics</source>
   <translation>딥러닝 기초</translation>
  </message>
  <message>
   <source>Delete</source>
   <translation>삭제</translation>
  </message>
  <message>
   <source>Delete the wire</source>
   <translation>연결 지우기</translation>
  </message>
  <message>
   <source>Delete {layer}</source>
   <translation>{layer} 삭제</translation>
  </message>
  <message>
   <source>Delimiter</source>
   <translation>구분 기호</translation>
  </message>
  <message>
   <source>det.</source>
   <translation>한정사</translation>
  </message>
  <message>
   <source>Diabetes</source>
   <translation>당뇨병</translation>
  </message>
  <message>
   <source>Different</source>
   <translation>종류</translation>
  </message>
  <message>
   <source>Digits</source>
   <translation>숫자</translation>
  </message>
  <message>
   <source>Distribute horizontally</source>
   <translation>가로 간격을 같게</translation>
  </message>
  <message>
   <source>Distribute vertically</source>
   <translation>세로 간격을 같게</translation>
  </message>
  <message>
   <source>Don't save</source>
   <translation>저장 안 함</translation>
  </message>
  <message>
   <source>Download</source>
   <translation>내려받기</translation>
  </message>
  <message>
   <source>Downloading MNIST: {share}</source>
   <translation>MNIST 내려받는 중: {share}</translation>
  </message>
  <message>
   <source>Drag a border, or use ← → (validation: with Shift)</source>
   <translation>경계를 끌거나 ← → 키를 쓰세요(검증용은 Shift와 함께)</translation>
  </message>
  <message>
   <source>Drag a layer onto the wire, or begin with a network:</source>
   <translation>층을 연결선 위로 끌어 놓거나 신경망을 골라 시작하세요.</translation>
  </message>
  <message>
   <source>Drag to a later layer: skip wire</source>
   <translation>뒤쪽 층으로 끌면 건너뛰기 연결이 생깁니다</translation>
  </message>
  <message>
   <source>drag to canvas</source>
   <translation>캔버스로 끌기</translation>
  </message>
  <message>
   <source>Draw a digit</source>
   <translation>숫자 그리기</translation>
  </message>
  <message>
   <source>Draw a digit from 0 to 9.</source>
   <translation>0부터 9까지 숫자를 그려 보세요.</translation>
  </message>
  <message>
   <source>Draw again</source>
   <translation>다시 쓰기</translation>
  </message>
  <message>
   <source>Draw new data</source>
   <translation>새 데이터 만들기</translation>
  </message>
  <message>
   <source>Drop to open {name}</source>
   <translation>놓으면 {name}을(를) 엽니다</translation>
  </message>
  <message>
   <source>Duplicate</source>
   <translation>복제</translation>
  </message>
  <message>
   <source>Duplicate {layer}</source>
   <translation>{layer} 복제</translation>
  </message>
  <message>
   <source>Edit</source>
   <translation>편집</translation>
  </message>
  <message>
   <source>Edit points</source>
   <translation>점 고치기</translation>
  </message>
  <message>
   <source>Edit these points</source>
   <translation>이 점들을 고치기</translation>
  </message>
  <message>
   <source>Encoder and decoder</source>
   <translation>인코더와 디코더</translation>
  </message>
  <message>
   <source>Encoding</source>
   <translation>인코딩</translation>
  </message>
  <message>
   <source>End a wire; open or fold a block; look at the units of a layer</source>
   <translation>연결 맺기, 블록 열기·접기, 층의 유닛 살펴보기</translation>
  </message>
  <message>
   <source>English prose</source>
   <translation>영어 산문</translation>
  </message>
  <message>
   <source>English stories</source>
   <translation>영어 이야기</translation>
  </message>
  <message>
   <source>Enter a number above {above}, up to {high}.</source>
   <translation>{above}보다 크고 {high} 이하인 수를 입력하세요.</translation>
  </message>
  <message>
   <source>Enter a number above {above}.</source>
   <translation>{above}보다 큰 수를 입력하세요.</translation>
  </message>
  <message>
   <source>Enter a number from {low} to {high}.</source>
   <translation>{low}에서 {high} 사이의 수를 입력하세요.</translation>
  </message>
  <message>
   <source>Enter a number of at least {low}.</source>
   <translation>{low} 이상의 수를 입력하세요.</translation>
  </message>
  <message>
   <source>Enter a number.</source>
   <translation>수를 입력하세요.</translation>
  </message>
  <message>
   <source>Enter a whole number from {low} to {high}.</source>
   <translation>{low}에서 {high} 사이의 정수를 입력하세요.</translation>
  </message>
  <message>
   <source>Enter a whole number.</source>
   <translation>정수를 입력하세요.</translation>
  </message>
  <message>
   <source>Enter inserts after the selected layer</source>
   <translation>Enter 키를 누르면 선택한 층 뒤에 넣습니다</translation>
  </message>
  <message>
   <source>Enter numbers, as in 30, 50.</source>
   <translation>30, 50처럼 수를 입력하세요.</translation>
  </message>
  <message>
   <source>Epoch</source>
   <translation>에포크</translation>
  </message>
  <message>
   <source>epoch {epoch}</source>
   <translation>에포크 {epoch}</translation>
  </message>
  <message>
   <source>Erase points</source>
   <translation>점 지우기</translation>
  </message>
  <message>
   <source>Eraser</source>
   <translation>지우개</translation>
  </message>
  <message>
   <source>Eraser (or the right mouse button)</source>
   <translation>지우개 (또는 마우스 오른쪽 단추)</translation>
  </message>
  <message>
   <source>Error arriving at {unit}</source>
   <translation>{unit}에 도착한 오차</translation>
  </message>
  <message>
   <source>Error at {unit}</source>
   <translation>{unit}의 오차</translation>
  </message>
  <message>
   <source>Exam</source>
   <translation>시험</translation>
  </message>
  <message>
   <source>Example</source>
   <translation>예제</translation>
  </message>
  <message>
   <source>Examples</source>
   <translation>예제</translation>
  </message>
  <message>
   <source>Export picture</source>
   <translation>그림으로 내보내기</translation>
  </message>
  <message>
   <source>Export picture…</source>
   <translation>그림으로 내보내기…</translation>
  </message>
  <message>
   <source>f(z) as a line, its derivative f′(z) dashed, for z from −4 to 4</source>
   <translation>f(z)는 실선, 도함수 f′(z)는 점선, z는 −4에서 4까지</translation>
  </message>
  <message>
   <source>F1</source>
   <translation>F1 점수</translation>
  </message>
  <message>
   <source>fail</source>
   <translation>불합격</translation>
  </message>
  <message>
   <source>falling</source>
   <translation>내려가는 중</translation>
  </message>
  <message>
   <source>Feature crosses</source>
   <translation>특성 교차</translation>
  </message>
  <message>
   <source>Feature maps</source>
   <translation>특성 맵</translation>
  </message>
  <message>
   <source>File</source>
   <translation>파일</translation>
  </message>
  <message>
   <source>Fill the window, or go back</source>
   <translation>창 가득 채우기 / 되돌리기</translation>
  </message>
  <message>
   <source>Filled masks</source>
   <translation>채운 마스크</translation>
  </message>
  <message>
   <source>Filters</source>
   <translation>필터</translation>
  </message>
  <message>
   <source>Find a layer…</source>
   <translation>층 찾기…</translation>
  </message>
  <message>
   <source>Finished</source>
   <translation>학습 완료</translation>
  </message>
  <message>
   <source>First row</source>
   <translation>첫 행</translation>
  </message>
  <message>
   <source>First rows</source>
   <translation>처음 몇 행</translation>
  </message>
  <message>
   <source>Fit network</source>
   <translation>신경망 전체 보기</translation>
  </message>
  <message>
   <source>Fold the block</source>
   <translation>블록 접기</translation>
  </message>
  <message>
   <source>Folder with the MNIST files</source>
   <translation>MNIST 파일이 있는 폴더</translation>
  </message>
  <message>
   <source>Folder …</source>
   <translation>폴더 …</translation>
  </message>
  <message>
   <source>Forecast for one day</source>
   <translation>하루 예측</translation>
  </message>
  <message>
   <source>Forecast metrics</source>
   <translation>예측 성능 지표</translation>
  </message>
  <message>
   <source>Forecast quality</source>
   <translation>예측 성능</translation>
  </message>
  <message>
   <source>Forget gate</source>
   <translation>망각 게이트</translation>
  </message>
  <message>
   <source>Forward</source>
   <translation>순전파</translation>
  </message>
  <message>
   <source>forward values</source>
   <translation>앞으로 가는 값</translation>
  </message>
  <message>
   <source>Forward: sums and activations</source>
   <translation>순전파: 가중합과 활성화</translation>
  </message>
  <message>
   <source>Freeze / Unfreeze</source>
   <translation>고정 / 고정 해제</translation>
  </message>
  <message>
   <source>Freeze the weights</source>
   <translation>가중치 고정</translation>
  </message>
  <message>
   <source>Freeze {layer}</source>
   <translation>{layer} 고정</translation>
  </message>
  <message>
   <source>Fri</source>
   <translation>금</translation>
  </message>
  <message>
   <source>From the loss back to the output layer</source>
   <translation>손실에서 출력층으로 거꾸로</translation>
  </message>
  <message>
   <source>from {low} to {high}</source>
   <translation>{low} ~ {high}</translation>
  </message>
  <message>
   <source>Gate</source>
   <translation>게이트</translation>
  </message>
  <message>
   <source>Gate activity</source>
   <translation>게이트 활동</translation>
  </message>
  <message>
   <source>Gate or state</source>
   <translation>게이트 또는 상태</translation>
  </message>
  <message>
   <source>Gates and states will be drawn here.</source>
   <translation>게이트와 상태가 여기에 그려집니다.</translation>
  </message>
  <message>
   <source>Give the network this value; Undo takes it back</source>
   <translation>신경망에 이 값을 넣습니다. 실행 취소로 되돌립니다.</translation>
  </message>
  <message>
   <source>Give up a wire or a drag</source>
   <translation>연결·끌기 취소</translation>
  </message>
  <message>
   <source>Glossary</source>
   <translation>용어집</translation>
  </message>
  <message>
   <source>GPU (CUDA, CuPy)</source>
   <translation>GPU (CUDA, CuPy)</translation>
  </message>
  <message>
   <source>Gradient after penalty and clipping</source>
   <translation>규제와 자르기를 거친 기울기</translation>
  </message>
  <message>
   <source>Gradient of the loss</source>
   <translation>손실의 기울기</translation>
  </message>
  <message>
   <source>Gradient of this bias</source>
   <translation>이 편향의 기울기</translation>
  </message>
  <message>
   <source>Gradient of this weight</source>
   <translation>이 가중치의 기울기</translation>
  </message>
  <message>
   <source>Gradient with the penalty R</source>
   <translation>규제항 R을 더한 기울기</translation>
  </message>
  <message>
   <source>gradient {size}</source>
   <translation>기울기 {size}</translation>
  </message>
  <message>
   <source>Gradients</source>
   <translation>기울기</translation>
  </message>
  <message>
   <source>gradients flow back</source>
   <translation>거꾸로 흐르는 기울기</translation>
  </message>
  <message>
   <source>Gradients in {layer} are above 1.</source>
   <translation>{layer}의 기울기가 1보다 큽니다.</translation>
  </message>
  <message>
   <source>Gradients in {layer} are below 0.0001.</source>
   <translation>{layer}의 기울기가 0.0001보다 작습니다.</translation>
  </message>
  <message>
   <source>Group into a block</source>
   <translation>블록으로 묶기</translation>
  </message>
  <message>
   <source>Handwritten digits</source>
   <translation>손글씨 숫자</translation>
  </message>
  <message>
   <source>Hard edges</source>
   <translation>경계만 보기</translation>
  </message>
  <message>
   <source>head {head} of {count}</source>
   <translation>헤드 {count}개 중 {head}번째</translation>
  </message>
  <message>
   <source>Header</source>
   <translation>머리글</translation>
  </message>
  <message>
   <source>Help</source>
   <translation>도움말</translation>
  </message>
  <message>
   <source>Hidden layer</source>
   <translation>은닉층</translation>
  </message>
  <message>
   <source>Hidden layers</source>
   <translation>은닉층</translation>
  </message>
  <message>
   <source>Hidden state</source>
   <translation>은닉 상태</translation>
  </message>
  <message>
   <source>Hide a word in the place of the cursor</source>
   <translation>커서 자리의 단어를 가립니다</translation>
  </message>
  <message>
   <source>Hide settings</source>
   <translation>설정 숨기기</translation>
  </message>
  <message>
   <source>Horizon</source>
   <translation>예측 시점</translation>
  </message>
  <message>
   <source>Horizontal axis</source>
   <translation>가로축</translation>
  </message>
  <message>
   <source>How far off the answer is</source>
   <translation>답이 얼마나 틀렸는가</translation>
  </message>
  <message>
   <source>How many samples the class has</source>
   <translation>그 클래스의 표본 수</translation>
  </message>
  <message>
   <source>How much large weights cost</source>
   <translation>큰 가중치에 매기는 벌점의 크기</translation>
  </message>
  <message>
   <source>How the text begins</source>
   <translation>글의 첫머리</translation>
  </message>
  <message>
   <source>Image before</source>
   <translation>이전 이미지</translation>
  </message>
  <message>
   <source>Images: CNN, ResNet</source>
   <translation>이미지: CNN, ResNet</translation>
  </message>
  <message>
   <source>In the place of {token}:</source>
   <translation>{token} 자리의 후보:</translation>
  </message>
  <message>
   <source>Input</source>
   <translation>입력</translation>
  </message>
  <message>
   <source>input</source>
   <translation>입력</translation>
  </message>
  <message>
   <source>Input channel</source>
   <translation>입력 채널</translation>
  </message>
  <message>
   <source>Input gate</source>
   <translation>입력 게이트</translation>
  </message>
  <message>
   <source>Input to the right</source>
   <translation>가로축 입력</translation>
  </message>
  <message>
   <source>Input upwards</source>
   <translation>세로축 입력</translation>
  </message>
  <message>
   <source>Input variables</source>
   <translation>입력 변수</translation>
  </message>
  <message>
   <source>Input {name}</source>
   <translation>입력 {name}</translation>
  </message>
  <message>
   <source>Insert a layer</source>
   <translation>층 넣기</translation>
  </message>
  <message>
   <source>Insert layer</source>
   <translation>층 넣기</translation>
  </message>
  <message>
   <source>Insert layer after</source>
   <translation>뒤에 층 넣기</translation>
  </message>
  <message>
   <source>Insert layer before</source>
   <translation>앞에 층 넣기</translation>
  </message>
  <message>
   <source>Insert {layer}</source>
   <translation>{layer} 넣기</translation>
  </message>
  <message>
   <source>Inspector</source>
   <translation>검사기</translation>
  </message>
  <message>
   <source>Introduction to neural networks</source>
   <translation>신경망 입문</translation>
  </message>
  <message>
   <source>Iris</source>
   <translation>붓꽃</translation>
  </message>
  <message>
   <source>Iteration</source>
   <translation>이터레이션</translation>
  </message>
  <message>
   <source>Iterations a second</source>
   <translation>초당 이터레이션</translation>
  </message>
  <message>
   <source>Join inputs by</source>
   <translation>입력을 합치는 방법</translation>
  </message>
  <message>
   <source>Keyboard shortcuts</source>
   <translation>단축키</translation>
  </message>
  <message>
   <source>Korean prose</source>
   <translation>한국어 산문</translation>
  </message>
  <message>
   <source>Korean stories</source>
   <translation>한국어 이야기</translation>
  </message>
  <message>
   <source>Language</source>
   <translation>언어</translation>
  </message>
  <message>
   <source>Large brush</source>
   <translation>큰 붓</translation>
  </message>
  <message>
   <source>Large vehicles</source>
   <translation>대형차 교통량</translation>
  </message>
  <message>
   <source>Larger text</source>
   <translation>글자 크게</translation>
  </message>
  <message>
   <source>Last rows</source>
   <translation>마지막 몇 행</translation>
  </message>
  <message>
   <source>Last value</source>
   <translation>직전 값</translation>
  </message>
  <message>
   <source>Last week</source>
   <translation>지난주</translation>
  </message>
  <message>
   <source>last {count} steps</source>
   <translation>마지막 {count}단계</translation>
  </message>
  <message>
   <source>Layer</source>
   <translation>층</translation>
  </message>
  <message>
   <source>layer {place} of {count}</source>
   <translation>층 {count}개 중 {place}번째</translation>
  </message>
  <message>
   <source>Layers</source>
   <translation>층</translation>
  </message>
  <message>
   <source>Lead the wire to a later layer; Esc gives up.</source>
   <translation>연결을 뒤쪽 층으로 끌어 가십시오. Esc를 누르면 취소됩니다.</translation>
  </message>
  <message>
   <source>Learning curves</source>
   <translation>학습 곡선</translation>
  </message>
  <message>
   <source>Learning rate</source>
   <translation>학습률</translation>
  </message>
  <message>
   <source>Learning rate over the epochs of this run</source>
   <translation>이번 실행에서 에포크에 따른 학습률</translation>
  </message>
  <message>
   <source>Leave</source>
   <translation>나가기</translation>
  </message>
  <message>
   <source>Leave the drawing as it is, rather than scale and centre it as MNIST does</source>
   <translation>MNIST처럼 크기와 위치를 맞추지 않고 그린 그대로 둡니다</translation>
  </message>
  <message>
   <source>Light</source>
   <translation>약하게</translation>
  </message>
  <message>
   <source>linear</source>
   <translation>선형</translation>
  </message>
  <message>
   <source>Lines of equal penalty over two weights w₁ and w₂</source>
   <translation>두 가중치 w₁, w₂에서 벌점이 같은 선</translation>
  </message>
  <message>
   <source>Log</source>
   <translation>로그</translation>
  </message>
  <message>
   <source>Logarithmic axis</source>
   <translation>로그 축</translation>
  </message>
  <message>
   <source>Logarithmic horizontal axis</source>
   <translation>가로축 로그 눈금</translation>
  </message>
  <message>
   <source>Logic gate</source>
   <translation>논리 게이트</translation>
  </message>
  <message>
   <source>Look-back</source>
   <translation>입력 길이</translation>
  </message>
  <message>
   <source>Loss</source>
   <translation>손실</translation>
  </message>
  <message>
   <source>Loss afterwards</source>
   <translation>갱신한 뒤의 손실</translation>
  </message>
  <message>
   <source>Loss around the present weights: to the right the steepest way down, upwards a random direction. The optimizer may move in these two alone.</source>
   <translation>지금 가중치 둘레의 손실입니다. 오른쪽은 가장 가파른 내리막, 위쪽은 무작위 방향이며, 최적화 기법은 이 두 방향으로만 움직입니다.</translation>
  </message>
  <message>
   <source>Loss if only this bias moves</source>
   <translation>이 편향만 움직일 때의 손실</translation>
  </message>
  <message>
   <source>Loss if only this weight moves</source>
   <translation>이 가중치만 움직일 때의 손실</translation>
  </message>
  <message>
   <source>Loss now</source>
   <translation>지금의 손실</translation>
  </message>
  <message>
   <source>Loss of this sample</source>
   <translation>이 샘플의 손실</translation>
  </message>
  <message>
   <source>Loss over the error e, and its derivative</source>
   <translation>오차 e에 따른 손실과 그 미분</translation>
  </message>
  <message>
   <source>Loss over the logit z for the classes t = 1 and t = 0</source>
   <translation>클래스 t = 1과 t = 0에서 로짓 z에 따른 손실</translation>
  </message>
  <message>
   <source>loss {loss} · slope {slope}</source>
   <translation>손실 {loss} · 기울기 {slope}</translation>
  </message>
  <message>
   <source>Losses to go down</source>
   <translation>내려갈 손실</translation>
  </message>
  <message>
   <source>Lower the learning rate, or use Leaky ReLU.</source>
   <translation>학습률을 낮추거나 Leaky ReLU를 쓰세요.</translation>
  </message>
  <message>
   <source>Make the gaps from left to right equal</source>
   <translation>왼쪽에서 오른쪽까지 카드 사이의 간격을 같게 합니다</translation>
  </message>
  <message>
   <source>Make the gaps from top to bottom equal</source>
   <translation>위에서 아래까지 카드 사이의 간격을 같게 합니다</translation>
  </message>
  <message>
   <source>Make this update</source>
   <translation>이대로 갱신하기</translation>
  </message>
  <message>
   <source>Map of the network</source>
   <translation>신경망 지도</translation>
  </message>
  <message>
   <source>Masked text</source>
   <translation>가린 글</translation>
  </message>
  <message>
   <source>max</source>
   <translation>최대</translation>
  </message>
  <message>
   <source>Maximum</source>
   <translation>최댓값</translation>
  </message>
  <message>
   <source>Mean</source>
   <translation>평균</translation>
  </message>
  <message>
   <source>Mean absolute error: how far off a forecast is on average</source>
   <translation>평균 절대 오차: 예측이 평균으로 얼마나 빗나가는지 나타냅니다</translation>
  </message>
  <message>
   <source>Mean absolute percentage error, in percent of the true value</source>
   <translation>평균 절대 백분율 오차: 실제 값에 대한 백분율입니다</translation>
  </message>
  <message>
   <source>mean {mean} {unit}</source>
   <translation>평균 {mean} {unit}</translation>
  </message>
  <message>
   <source>mean |activation|</source>
   <translation>평균 |활성값|</translation>
  </message>
  <message>
   <source>mean |gradient|</source>
   <translation>평균 |기울기|</translation>
  </message>
  <message>
   <source>mean |weight|</source>
   <translation>평균 |가중치|</translation>
  </message>
  <message>
   <source>Measures of each class</source>
   <translation>클래스별 지표</translation>
  </message>
  <message>
   <source>Medium vehicles</source>
   <translation>중형차 교통량</translation>
  </message>
  <message>
   <source>Microscope</source>
   <translation>역전파 현미경</translation>
  </message>
  <message>
   <source>Minimum</source>
   <translation>최솟값</translation>
  </message>
  <message>
   <source>Missing</source>
   <translation>빈 값</translation>
  </message>
  <message>
   <source>Missing values</source>
   <translation>빈 값</translation>
  </message>
  <message>
   <source>MIT licence. The typeface is Pretendard (SIL OFL).</source>
   <translation>MIT 라이선스. 글꼴은 Pretendard(SIL OFL)입니다.</translation>
  </message>
  <message>
   <source>MNIST</source>
   <translation>MNIST</translation>
  </message>
  <message>
   <source>MNIST is not on this computer yet (11.6 MB).</source>
   <translation>아직 이 컴퓨터에 MNIST가 없습니다(11.6 MB).</translation>
  </message>
  <message>
   <source>Mon</source>
   <translation>월</translation>
  </message>
  <message>
   <source>Moons</source>
   <translation>반달</translation>
  </message>
  <message>
   <source>More</source>
   <translation>더 보기</translation>
  </message>
  <message>
   <source>More training settings</source>
   <translation>학습 설정 더 보기</translation>
  </message>
  <message>
   <source>Move the layer</source>
   <translation>층 옮기기</translation>
  </message>
  <message>
   <source>Move {layer}</source>
   <translation>{layer} 옮기기</translation>
  </message>
  <message>
   <source>Multilayer perceptron</source>
   <translation>다층 퍼셉트론</translation>
  </message>
  <message>
   <source>Name of {layer}</source>
   <translation>{layer} 이름</translation>
  </message>
  <message>
   <source>negative</source>
   <translation>부정</translation>
  </message>
  <message>
   <source>negative weight</source>
   <translation>음의 가중치</translation>
  </message>
  <message>
   <source>Network</source>
   <translation>신경망</translation>
  </message>
  <message>
   <source>Network under the microscope</source>
   <translation>현미경으로 보는 신경망</translation>
  </message>
  <message>
   <source>Networks</source>
   <translation>신경망</translation>
  </message>
  <message>
   <source>Neural Playground</source>
   <translation>신경망 놀이터</translation>
  </message>
  <message>
   <source>Neural Playground project</source>
   <translation>신경망 놀이터 프로젝트</translation>
  </message>
  <message>
   <source>New</source>
   <translation>새로 만들기</translation>
  </message>
  <message>
   <source>new</source>
   <translation>새 값</translation>
  </message>
  <message>
   <source>New data</source>
   <translation>새 데이터</translation>
  </message>
  <message>
   <source>New from template</source>
   <translation>견본에서 새로 만들기</translation>
  </message>
  <message>
   <source>New from template…</source>
   <translation>견본에서 새로 만들기…</translation>
  </message>
  <message>
   <source>New initial weights for this layer</source>
   <translation>이 층의 가중치 다시 초기화</translation>
  </message>
  <message>
   <source>New initial weights; Reset brings back those of the seed.</source>
   <translation>가중치를 새로 초기화했습니다. 초기화를 누르면 시드의 가중치로 돌아갑니다.</translation>
  </message>
  <message>
   <source>New seed</source>
   <translation>새 난수 시드</translation>
  </message>
  <message>
   <source>New seed: other initial weights</source>
   <translation>새 시드: 다른 초기 가중치로</translation>
  </message>
  <message>
   <source>New value of the weight</source>
   <translation>가중치의 새 값</translation>
  </message>
  <message>
   <source>New value of {weight}</source>
   <translation>{weight}의 새 값</translation>
  </message>
  <message>
   <source>Next image</source>
   <translation>다음 이미지</translation>
  </message>
  <message>
   <source>Next problem</source>
   <translation>다음 문제</translation>
  </message>
  <message>
   <source>Next sample</source>
   <translation>다음 샘플</translation>
  </message>
  <message>
   <source>Next samples</source>
   <translation>다음 샘플</translation>
  </message>
  <message>
   <source>Next step</source>
   <translation>다음 단계</translation>
  </message>
  <message>
   <source>Next token</source>
   <translation>다음 토큰</translation>
  </message>
  <message>
   <source>no gradient needed</source>
   <translation>기울기 필요 없음</translation>
  </message>
  <message>
   <source>No network is called so; try another word.</source>
   <translation>그런 신경망이 없습니다. 다른 말로 찾아 보세요.</translation>
  </message>
  <message>
   <source>No recent files</source>
   <translation>최근 파일 없음</translation>
  </message>
  <message>
   <source>No term is called so; try another word.</source>
   <translation>그런 용어가 없습니다. 다른 말로 찾아 보세요.</translation>
  </message>
  <message>
   <source>Noise</source>
   <translation>잡음</translation>
  </message>
  <message>
   <source>None</source>
   <translation>없음</translation>
  </message>
  <message>
   <source>noun</source>
   <translation>명사</translation>
  </message>
  <message>
   <source>numbers</source>
   <translation>숫자</translation>
  </message>
  <message>
   <source>NumPy engine</source>
   <translation>NumPy 엔진</translation>
  </message>
  <message>
   <source>Occupancy</source>
   <translation>점유율</translation>
  </message>
  <message>
   <source>One batch (F6); with Shift one epoch</source>
   <translation>한 배치 학습(F6). Shift와 함께 누르면 한 에포크</translation>
  </message>
  <message>
   <source>Open</source>
   <translation>열기</translation>
  </message>
  <message>
   <source>Open a detector's file</source>
   <translation>검지기 파일 열기</translation>
  </message>
  <message>
   <source>Open a table</source>
   <translation>표 열기</translation>
  </message>
  <message>
   <source>Open a text</source>
   <translation>글 열기</translation>
  </message>
  <message>
   <source>Open csv …</source>
   <translation>csv 열기 …</translation>
  </message>
  <message>
   <source>Open data</source>
   <translation>데이터 열기</translation>
  </message>
  <message>
   <source>Open data…</source>
   <translation>데이터 열기…</translation>
  </message>
  <message>
   <source>Open file</source>
   <translation>파일 열기</translation>
  </message>
  <message>
   <source>Open or close views</source>
   <translation>보기 열기 / 닫기</translation>
  </message>
  <message>
   <source>Open project</source>
   <translation>프로젝트 열기</translation>
  </message>
  <message>
   <source>Open text …</source>
   <translation>글 열기 …</translation>
  </message>
  <message>
   <source>Open the block</source>
   <translation>블록 열기</translation>
  </message>
  <message>
   <source>Open VDS csv</source>
   <translation>VDS csv 열기</translation>
  </message>
  <message>
   <source>Open VDS csv…</source>
   <translation>VDS csv 열기…</translation>
  </message>
  <message>
   <source>Open…</source>
   <translation>열기…</translation>
  </message>
  <message>
   <source>Optimizer path</source>
   <translation>최적화 경로</translation>
  </message>
  <message>
   <source>or the right mouse button</source>
   <translation>또는 마우스 오른쪽 단추</translation>
  </message>
  <message>
   <source>Other inputs are held at their mean.</source>
   <translation>다른 입력은 평균값으로 고정합니다.</translation>
  </message>
  <message>
   <source>Output gate</source>
   <translation>출력 게이트</translation>
  </message>
  <message>
   <source>Output layer</source>
   <translation>출력층</translation>
  </message>
  <message>
   <source>output {shape}</source>
   <translation>출력 {shape}</translation>
  </message>
  <message>
   <source>over time</source>
   <translation>시간에 따른 분포</translation>
  </message>
  <message>
   <source>Own</source>
   <translation>직접</translation>
  </message>
  <message>
   <source>Own window</source>
   <translation>별도 창으로</translation>
  </message>
  <message>
   <source>Paint and erase points on the decision boundary.</source>
   <translation>결정 경계 위에 점을 그리거나 지우세요.</translation>
  </message>
  <message>
   <source>Paint points</source>
   <translation>점 그리기</translation>
  </message>
  <message>
   <source>Paint {name}</source>
   <translation>{name} 그리기</translation>
  </message>
  <message>
   <source>Parts of speech</source>
   <translation>품사 태깅</translation>
  </message>
  <message>
   <source>pass</source>
   <translation>합격</translation>
  </message>
  <message>
   <source>Paste</source>
   <translation>붙여넣기</translation>
  </message>
  <message>
   <source>Pause</source>
   <translation>일시 정지</translation>
  </message>
  <message>
   <source>Paused</source>
   <translation>일시 정지</translation>
  </message>
  <message>
   <source>Paused: layers of the same shape keep their weights.</source>
   <translation>일시 정지했습니다. 모양이 그대로인 층은 가중치를 유지합니다.</translation>
  </message>
  <message>
   <source>pen down</source>
   <translation>펜 내림</translation>
  </message>
  <message>
   <source>pen up</source>
   <translation>펜 올림</translation>
  </message>
  <message>
   <source>Perceptron and regression</source>
   <translation>퍼셉트론과 회귀</translation>
  </message>
  <message>
   <source>Perplexity</source>
   <translation>혼란도</translation>
  </message>
  <message>
   <source>Place by hand</source>
   <translation>직접 배치</translation>
  </message>
  <message>
   <source>Place the cards by hand; with Shift pixel by pixel</source>
   <translation>카드 직접 배치(Shift를 함께 누르면 한 픽셀씩)</translation>
  </message>
  <message>
   <source>Play</source>
   <translation>학습 시작</translation>
  </message>
  <message>
   <source>Play / Pause</source>
   <translation>학습 시작 / 일시 정지</translation>
  </message>
  <message>
   <source>point at a factor to light up its number in the network</source>
   <translation>인수를 가리키면 신경망에서 그 값이 표시됩니다</translation>
  </message>
  <message>
   <source>Points</source>
   <translation>점</translation>
  </message>
  <message>
   <source>positive</source>
   <translation>긍정</translation>
  </message>
  <message>
   <source>positive weight</source>
   <translation>양의 가중치</translation>
  </message>
  <message>
   <source>Prec.</source>
   <comment>row title</comment>
   <translation>정밀도</translation>
  </message>
  <message>
   <source>Precision</source>
   <translation>정밀도</translation>
  </message>
  <message>
   <source>precision ↑ recall →</source>
   <translation>정밀도 ↑ 재현율 →</translation>
  </message>
  <message>
   <source>Predict</source>
   <translation>예측</translation>
  </message>
  <message>
   <source>predicted</source>
   <translation>예측</translation>
  </message>
  <message>
   <source>prep.</source>
   <translation>전치사</translation>
  </message>
  <message>
   <source>Preset</source>
   <translation>예제 신경망</translation>
  </message>
  <message>
   <source>Press Play or Space. The loss will be drawn here.</source>
   <translation>스페이스 키를 누르면 여기에 손실이 그려집니다.</translation>
  </message>
  <message>
   <source>Press Play: can the network beat the last value?</source>
   <translation>학습을 시작해 보세요. 신경망이 직전 값보다 잘 맞힐 수 있을까요?</translation>
  </message>
  <message>
   <source>Press Play: can the network beat the mean?</source>
   <translation>학습을 시작해 보세요. 신경망이 평균보다 잘 맞힐 수 있을까요?</translation>
  </message>
  <message>
   <source>Probabilities</source>
   <translation>확률</translation>
  </message>
  <message>
   <source>Projector</source>
   <translation>발표 모드</translation>
  </message>
  <message>
   <source>pron.</source>
   <translation>대명사</translation>
  </message>
  <message>
   <source>Put the bottom edges of the selected cards on one line</source>
   <translation>선택한 카드의 아래쪽 끝을 한 줄에 맞춥니다</translation>
  </message>
  <message>
   <source>Put the centers of the selected cards on one level line</source>
   <translation>선택한 카드의 가운데를 가로 한 줄에 맞춥니다</translation>
  </message>
  <message>
   <source>Put the centers of the selected cards on one upright line</source>
   <translation>선택한 카드의 가운데를 세로 한 줄에 맞춥니다</translation>
  </message>
  <message>
   <source>Put the left edges of the selected cards on one line</source>
   <translation>선택한 카드의 왼쪽 끝을 한 줄에 맞춥니다</translation>
  </message>
  <message>
   <source>Put the right edges of the selected cards on one line</source>
   <translation>선택한 카드의 오른쪽 끝을 한 줄에 맞춥니다</translation>
  </message>
  <message>
   <source>Put the top edges of the selected cards on one line</source>
   <translation>선택한 카드의 위쪽 끝을 한 줄에 맞춥니다</translation>
  </message>
  <message>
   <source>Quantity</source>
   <translation>수치 종류</translation>
  </message>
  <message>
   <source>Quit</source>
   <translation>끝내기</translation>
  </message>
  <message>
   <source>Raising this bias by 0.01 lowers the loss by about {change}.</source>
   <translation>이 편향을 0.01 올리면 손실이 약 {change} 작아집니다.</translation>
  </message>
  <message>
   <source>Raising this bias by 0.01 raises the loss by about {change}.</source>
   <translation>이 편향을 0.01 올리면 손실이 약 {change} 커집니다.</translation>
  </message>
  <message>
   <source>Raising this weight by 0.01 lowers the loss by about {change}.</source>
   <translation>이 가중치를 0.01 올리면 손실이 약 {change} 작아집니다.</translation>
  </message>
  <message>
   <source>Raising this weight by 0.01 raises the loss by about {change}.</source>
   <translation>이 가중치를 0.01 올리면 손실이 약 {change} 커집니다.</translation>
  </message>
  <message>
   <source>Raw</source>
   <translation>그대로</translation>
  </message>
  <message>
   <source>Read as {encoding}; delimiter: {delimiter}</source>
   <translation>{encoding}로 읽음, 구분 기호: {delimiter}</translation>
  </message>
  <message>
   <source>Reading the data</source>
   <translation>데이터를 읽는 중</translation>
  </message>
  <message>
   <source>Reading the images …</source>
   <translation>이미지를 읽는 중 …</translation>
  </message>
  <message>
   <source>Reading {file}: {percent}</source>
   <translation>{file} 읽는 중: {percent}</translation>
  </message>
  <message>
   <source>Readings of one day</source>
   <translation>하루 관측값</translation>
  </message>
  <message>
   <source>reads {layers}</source>
   <translation>입력: {layers}</translation>
  </message>
  <message>
   <source>Ready</source>
   <translation>준비됨</translation>
  </message>
  <message>
   <source>Recall</source>
   <translation>재현율</translation>
  </message>
  <message>
   <source>Recent</source>
   <translation>최근 파일</translation>
  </message>
  <message>
   <source>Redo</source>
   <translation>다시 실행</translation>
  </message>
  <message>
   <source>Redo: {edit}</source>
   <translation>다시 실행: {edit}</translation>
  </message>
  <message>
   <source>Reduce motion</source>
   <translation>움직임 줄이기</translation>
  </message>
  <message>
   <source>Remove all points</source>
   <translation>모든 점 지우기</translation>
  </message>
  <message>
   <source>Rename</source>
   <translation>이름 바꾸기</translation>
  </message>
  <message>
   <source>Rename {layer}</source>
   <translation>{layer} 이름 바꾸기</translation>
  </message>
  <message>
   <source>Reset</source>
   <translation>초기화</translation>
  </message>
  <message>
   <source>Reset gate</source>
   <translation>리셋 게이트</translation>
  </message>
  <message>
   <source>Reset weights</source>
   <translation>가중치 초기화</translation>
  </message>
  <message>
   <source>Reset: the same initial weights again</source>
   <translation>초기화: 같은 초기 가중치로 다시</translation>
  </message>
  <message>
   <source>Residual = predicted − true</source>
   <translation>잔차 = 예측 − 실제</translation>
  </message>
  <message>
   <source>Residuals</source>
   <translation>잔차 분포</translation>
  </message>
  <message>
   <source>Reversed letters</source>
   <translation>글자 거꾸로 쓰기</translation>
  </message>
  <message>
   <source>rising</source>
   <translation>올라가는 중</translation>
  </message>
  <message>
   <source>RMSE is {share} larger than always giving the mean.</source>
   <translation>항상 평균으로 예측할 때보다 RMSE가 {share} 큽니다.</translation>
  </message>
  <message>
   <source>RMSE is {share} larger than repeating the last value.</source>
   <translation>직전 값을 그대로 쓰는 예측보다 RMSE가 {share} 큽니다.</translation>
  </message>
  <message>
   <source>RMSE is {share} smaller than always giving the mean.</source>
   <translation>항상 평균으로 예측할 때보다 RMSE가 {share} 작습니다.</translation>
  </message>
  <message>
   <source>RMSE is {share} smaller than repeating the last value.</source>
   <translation>직전 값을 그대로 쓰는 예측보다 RMSE가 {share} 작습니다.</translation>
  </message>
  <message>
   <source>RNN, feat. GPT</source>
   <translation>GPT로 배우는 RNN</translation>
  </message>
  <message>
   <source>RNN, Transformer, attention</source>
   <translation>RNN, 트랜스포머, 어텐션</translation>
  </message>
  <message>
   <source>ROC and PR curves</source>
   <translation>ROC 곡선과 PR 곡선</translation>
  </message>
  <message>
   <source>Root mean squared error: large misses count most</source>
   <translation>평균 제곱근 오차: 크게 빗나간 예측일수록 더 크게 셉니다</translation>
  </message>
  <message>
   <source>row {row}, column {column}: {value}</source>
   <translation>{row}행 {column}열: {value}</translation>
  </message>
  <message>
   <source>Rows</source>
   <comment>their order</comment>
   <translation>행</translation>
  </message>
  <message>
   <source>Rows of the file</source>
   <translation>파일의 행</translation>
  </message>
  <message>
   <source>Rows: queries · columns: keys · darkest: {share} · hatched: masked</source>
   <translation>행: 질의 · 열: 키 · 가장 진한 칸: {share} · 빗금: 가려짐</translation>
  </message>
  <message>
   <source>Saliency</source>
   <translation>현저성 맵</translation>
  </message>
  <message>
   <source>same time</source>
   <translation>같은 시각</translation>
  </message>
  <message>
   <source>Sample</source>
   <translation>예시</translation>
  </message>
  <message>
   <source>Sample before</source>
   <translation>이전 샘플</translation>
  </message>
  <message>
   <source>Sample month</source>
   <translation>예제 한 달</translation>
  </message>
  <message>
   <source>Sample {number}</source>
   <translation>샘플 {number}</translation>
  </message>
  <message>
   <source>sample {number}</source>
   <translation>샘플 {number}</translation>
  </message>
  <message>
   <source>Samples</source>
   <translation>표본</translation>
  </message>
  <message>
   <source>Samples before</source>
   <translation>이전 샘플</translation>
  </message>
  <message>
   <source>Sat</source>
   <translation>토</translation>
  </message>
  <message>
   <source>Save</source>
   <translation>저장</translation>
  </message>
  <message>
   <source>Save as drawing (SVG) …</source>
   <translation>도형으로 저장 (SVG) …</translation>
  </message>
  <message>
   <source>Save as picture (PNG) …</source>
   <translation>그림으로 저장 (PNG) …</translation>
  </message>
  <message>
   <source>Save as…</source>
   <translation>다른 이름으로 저장…</translation>
  </message>
  <message>
   <source>Save project</source>
   <translation>프로젝트 저장</translation>
  </message>
  <message>
   <source>Save the changes to {name}?</source>
   <translation>{name}의 바뀐 내용을 저장할까요?</translation>
  </message>
  <message>
   <source>Save the learning curves</source>
   <translation>학습 곡선 저장</translation>
  </message>
  <message>
   <source>Save the numbers (CSV) …</source>
   <translation>숫자로 저장 (CSV) …</translation>
  </message>
  <message>
   <source>Saved {name}</source>
   <translation>{name}을(를) 저장했습니다</translation>
  </message>
  <message>
   <source>Scaling</source>
   <translation>스케일링</translation>
  </message>
  <message>
   <source>Scaling and filling learn from the training part alone.</source>
   <translation>스케일링과 빈 값 채우기는 학습용 데이터로만 정합니다.</translation>
  </message>
  <message>
   <source>Search in Korean or English</source>
   <translation>한국어나 영어로 찾기</translation>
  </message>
  <message>
   <source>Search networks</source>
   <translation>신경망 찾기</translation>
  </message>
  <message>
   <source>Second chart</source>
   <translation>둘째 그래프</translation>
  </message>
  <message>
   <source>Seconds</source>
   <translation>초</translation>
  </message>
  <message>
   <source>Seed {seed}</source>
   <translation>난수 시드 {seed}</translation>
  </message>
  <message>
   <source>Select a wire of the layer</source>
   <translation>층의 연결 선택</translation>
  </message>
  <message>
   <source>Select all</source>
   <translation>모두 선택</translation>
  </message>
  <message>
   <source>Select several layers</source>
   <translation>여러 층 선택</translation>
  </message>
  <message>
   <source>Select the layer before or after</source>
   <translation>앞이나 뒤의 층 선택</translation>
  </message>
  <message>
   <source>selected</source>
   <translation>선택됨</translation>
  </message>
  <message>
   <source>Semicolon ;</source>
   <translation>세미콜론 ;</translation>
  </message>
  <message>
   <source>Sentence</source>
   <translation>문장</translation>
  </message>
  <message>
   <source>Sentiment</source>
   <translation>감성 분석</translation>
  </message>
  <message>
   <source>Sequences: RNN, LSTM, GRU, Conv 1D</source>
   <translation>시퀀스: RNN, LSTM, GRU, 1차원 합성곱</translation>
  </message>
  <message>
   <source>Set to this value</source>
   <translation>이 값으로 설정</translation>
  </message>
  <message>
   <source>Share of right ones among those found against the share of the class found</source>
   <translation>찾아낸 것 가운데 맞는 비율과 그 클래스에서 찾아낸 비율</translation>
  </message>
  <message>
   <source>Share of the class that is found against the share of the others taken for it</source>
   <translation>그 클래스에서 찾아낸 비율과 다른 클래스에서 잘못 고른 비율</translation>
  </message>
  <message>
   <source>Share of the variance that is explained; 1 is perfect</source>
   <translation>설명되는 분산의 비율. 1이면 완벽합니다</translation>
  </message>
  <message>
   <source>Show settings</source>
   <translation>설정 보기</translation>
  </message>
  <message>
   <source>sigmoid</source>
   <translation>시그모이드</translation>
  </message>
  <message>
   <source>Single points</source>
   <translation>점 하나씩</translation>
  </message>
  <message>
   <source>Size of brush and eraser</source>
   <translation>붓과 지우개의 크기</translation>
  </message>
  <message>
   <source>Skip wire</source>
   <translation>건너뛰기 연결</translation>
  </message>
  <message>
   <source>Skip wire from here</source>
   <translation>여기서 건너뛰기 연결</translation>
  </message>
  <message>
   <source>Slice</source>
   <translation>단면</translation>
  </message>
  <message>
   <source>Slice of the decision boundary</source>
   <translation>결정 경계의 단면</translation>
  </message>
  <message>
   <source>Slope of {function}</source>
   <translation>{function}의 기울기</translation>
  </message>
  <message>
   <source>slope {value}</source>
   <translation>기울기 {value}</translation>
  </message>
  <message>
   <source>Small brush</source>
   <translation>작은 붓</translation>
  </message>
  <message>
   <source>Small vehicles</source>
   <translation>소형차 교통량</translation>
  </message>
  <message>
   <source>Smaller text</source>
   <translation>글자 작게</translation>
  </message>
  <message>
   <source>Smoothing</source>
   <translation>매끄럽게</translation>
  </message>
  <message>
   <source>Source</source>
   <translation>출처</translation>
  </message>
  <message>
   <source>Space</source>
   <translation>스페이스</translation>
  </message>
  <message>
   <source>Speed</source>
   <translation>재생 속도</translation>
  </message>
  <message>
   <source>Speed</source>
   <comment>of vehicles</comment>
   <translation>속도</translation>
  </message>
  <message>
   <source>Spirals</source>
   <translation>나선</translation>
  </message>
  <message>
   <source>Std. dev.</source>
   <translation>표준편차</translation>
  </message>
  <message>
   <source>Step</source>
   <translation>스텝</translation>
  </message>
  <message>
   <source>Step before</source>
   <translation>이전 단계</translation>
  </message>
  <message>
   <source>Step one batch</source>
   <translation>한 배치 학습</translation>
  </message>
  <message>
   <source>Step one epoch</source>
   <translation>한 에포크 학습</translation>
  </message>
  <message>
   <source>Steps of backpropagation</source>
   <translation>역전파의 단계</translation>
  </message>
  <message>
   <source>Stopped: the loss is not finite</source>
   <translation>멈춤: 손실이 유한하지 않습니다</translation>
  </message>
  <message>
   <source>Strength λ</source>
   <translation>규제 강도 λ</translation>
  </message>
  <message>
   <source>Strong</source>
   <translation>강하게</translation>
  </message>
  <message>
   <source>study {study:.1f} h · sleep {sleep:.1f} h</source>
   <translation>공부 {study:.1f}시간 · 수면 {sleep:.1f}시간</translation>
  </message>
  <message>
   <source>Sum of the channels</source>
   <translation>채널의 합</translation>
  </message>
  <message>
   <source>Summary</source>
   <translation>요약</translation>
  </message>
  <message>
   <source>Sun</source>
   <translation>일</translation>
  </message>
  <message>
   <source>Support</source>
   <translation>표본 수</translation>
  </message>
  <message>
   <source>Switch light and dark</source>
   <translation>밝은 테마와 어두운 테마 바꾸기</translation>
  </message>
  <message>
   <source>System</source>
   <translation>시스템 설정</translation>
  </message>
  <message>
   <source>Tab</source>
   <translation>탭</translation>
  </message>
  <message>
   <source>Table</source>
   <translation>표</translation>
  </message>
  <message>
   <source>Tables and texts</source>
   <translation>표와 텍스트</translation>
  </message>
  <message>
   <source>Tables, sequences, texts and other tasks</source>
   <translation>표, 순서열, 글 등 다른 과제</translation>
  </message>
  <message>
   <source>Take the parts in order</source>
   <translation>순서대로 나누기</translation>
  </message>
  <message>
   <source>Target</source>
   <translation>예측 대상</translation>
  </message>
  <message>
   <source>target {value}</source>
   <translation>정답 {value}</translation>
  </message>
  <message>
   <source>Task</source>
   <translation>과제</translation>
  </message>
  <message>
   <source>Temperature</source>
   <translation>온도</translation>
  </message>
  <message>
   <source>Ten sample digits</source>
   <translation>숫자 예시 열 개</translation>
  </message>
  <message>
   <source>Terms</source>
   <translation>용어</translation>
  </message>
  <message>
   <source>Test</source>
   <comment>data</comment>
   <translation>평가용</translation>
  </message>
  <message>
   <source>Text files</source>
   <translation>텍스트 파일</translation>
  </message>
  <message>
   <source>Text size</source>
   <translation>글자 크기</translation>
  </message>
  <message>
   <source>texts</source>
   <translation>글자</translation>
  </message>
  <message>
   <source>the first {n} of {count}</source>
   <translation>{count}개 가운데 처음 {n}개</translation>
  </message>
  <message>
   <source>The gradients of all layers have a healthy size.</source>
   <translation>모든 층의 기울기 크기가 알맞습니다.</translation>
  </message>
  <message>
   <source>The input takes its shape from the data.</source>
   <translation>입력의 모양은 데이터가 정합니다.</translation>
  </message>
  <message>
   <source>The kernels of a convolution will be drawn here.</source>
   <translation>여기에 합성곱층의 커널이 그려집니다.</translation>
  </message>
  <message>
   <source>The loss does not depend on this bias here.</source>
   <translation>여기서 손실은 이 편향에 따라 달라지지 않습니다.</translation>
  </message>
  <message>
   <source>The loss does not depend on this weight here.</source>
   <translation>여기서 손실은 이 가중치에 따라 달라지지 않습니다.</translation>
  </message>
  <message>
   <source>The losses around the weights are being calculated.</source>
   <translation>가중치 둘레의 손실을 계산하고 있습니다.</translation>
  </message>
  <message>
   <source>The maps of a layer will be drawn here.</source>
   <translation>여기에 층의 특성 맵이 그려집니다.</translation>
  </message>
  <message>
   <source>The microscope looks at chains of dense layers; this network has other layers.</source>
   <translation>역전파 현미경은 밀집층만 이어진 신경망을 봅니다. 이 신경망에는 다른 층이 있습니다.</translation>
  </message>
  <message>
   <source>The picture could not be written; choose another place.</source>
   <translation>그림을 쓰지 못했습니다. 다른 곳을 고르세요.</translation>
  </message>
  <message>
   <source>The pixels that count will be drawn here.</source>
   <translation>여기에 중요한 픽셀이 그려집니다.</translation>
  </message>
  <message>
   <source>The program has an error</source>
   <translation>프로그램에 오류가 있습니다</translation>
  </message>
  <message>
   <source>The readings stand here once the data are read.</source>
   <translation>데이터를 읽으면 여기에 관측값이 나타납니다.</translation>
  </message>
  <message>
   <source>The rows stand here once the data are read.</source>
   <translation>데이터를 읽으면 여기에 행이 나타납니다.</translation>
  </message>
  <message>
   <source>The update lowers the bias.</source>
   <translation>그래서 갱신하면 편향이 작아집니다.</translation>
  </message>
  <message>
   <source>The update lowers the weight.</source>
   <translation>그래서 갱신하면 가중치가 작아집니다.</translation>
  </message>
  <message>
   <source>The update raises the bias.</source>
   <translation>그래서 갱신하면 편향이 커집니다.</translation>
  </message>
  <message>
   <source>The update raises the weight.</source>
   <translation>그래서 갱신하면 가중치가 커집니다.</translation>
  </message>
  <message>
   <source>Theme</source>
   <translation>테마</translation>
  </message>
  <message>
   <source>thicker = stronger</source>
   <translation>굵을수록 강함</translation>
  </message>
  <message>
   <source>This bias</source>
   <translation>이 편향</translation>
  </message>
  <message>
   <source>This layer is frozen</source>
   <translation>이 층은 고정되어 있습니다</translation>
  </message>
  <message>
   <source>This network</source>
   <translation>이 신경망</translation>
  </message>
  <message>
   <source>This weight</source>
   <translation>이 가중치</translation>
  </message>
  <message>
   <source>Thu</source>
   <translation>목</translation>
  </message>
  <message>
   <source>Tidy</source>
   <translation>정렬</translation>
  </message>
  <message>
   <source>Time</source>
   <translation>시간</translation>
  </message>
  <message>
   <source>times</source>
   <translation>시각</translation>
  </message>
  <message>
   <source>Times table</source>
   <translation>구구단</translation>
  </message>
  <message>
   <source>too high</source>
   <translation>높게 예측</translation>
  </message>
  <message>
   <source>too low</source>
   <translation>낮게 예측</translation>
  </message>
  <message>
   <source>Top k</source>
   <translation>상위 k개</translation>
  </message>
  <message>
   <source>TP ÷ (TP + FN): how many of the class were found</source>
   <translation>TP ÷ (TP + FN): 그 클래스 가운데 찾아낸 비율</translation>
  </message>
  <message>
   <source>TP ÷ (TP + FP): how many of those predicted as the class belong to it</source>
   <translation>TP ÷ (TP + FP): 그 클래스로 예측한 것 가운데 실제로 그 클래스인 비율</translation>
  </message>
  <message>
   <source>Train</source>
   <translation>학습</translation>
  </message>
  <message>
   <source>Train, or pause (Space)</source>
   <translation>학습 시작 또는 일시 정지(Space)</translation>
  </message>
  <message>
   <source>Training</source>
   <translation>학습 중</translation>
  </message>
  <message>
   <source>Training</source>
   <comment>data</comment>
   <translation>학습용</translation>
  </message>
  <message>
   <source>training</source>
   <translation>학습</translation>
  </message>
  <message>
   <source>Training data</source>
   <translation>학습용</translation>
  </message>
  <message>
   <source>Training images</source>
   <translation>학습용 이미지</translation>
  </message>
  <message>
   <source>Training on the CPU.</source>
   <translation>CPU에서 학습합니다.</translation>
  </message>
  <message>
   <source>Training share</source>
   <translation>학습용 비율</translation>
  </message>
  <message>
   <source>Training {training} · validation {validation} · test {test}</source>
   <translation>학습용 {training} · 검증용 {validation} · 평가용 {test}</translation>
  </message>
  <message>
   <source>Transformer, GPT, BERT</source>
   <translation>트랜스포머, GPT, BERT</translation>
  </message>
  <message>
   <source>Translation</source>
   <translation>번역</translation>
  </message>
  <message>
   <source>true</source>
   <translation>실제</translation>
  </message>
  <message>
   <source>true positive rate ↑ false positive rate →</source>
   <translation>참 양성률 ↑ 거짓 양성률 →</translation>
  </message>
  <message>
   <source>true {true}</source>
   <translation>실제 {true}</translation>
  </message>
  <message>
   <source>true {true} · predicted {predicted}&lt;br&gt;residual {residual}</source>
   <translation>실제 {true} · 예측 {predicted}&lt;br&gt;잔차 {residual}</translation>
  </message>
  <message>
   <source>true {true}, predicted {predicted}: {n} sample ({share})</source>
   <translation>실제 {true}, 예측 {predicted}: 표본 {n}개({share})</translation>
  </message>
  <message>
   <source>true {true}, predicted {predicted}: {n} samples ({share})</source>
   <translation>실제 {true}, 예측 {predicted}: 표본 {n}개({share})</translation>
  </message>
  <message>
   <source>true ↓ predicted →</source>
   <translation>실제 ↓ 예측 →</translation>
  </message>
  <message>
   <source>true: {label}</source>
   <translation>실제: {label}</translation>
  </message>
  <message>
   <source>Tue</source>
   <translation>화</translation>
  </message>
  <message>
   <source>Type</source>
   <translation>종류</translation>
  </message>
  <message>
   <source>Undo</source>
   <translation>실행 취소</translation>
  </message>
  <message>
   <source>Undo: {edit}</source>
   <translation>실행 취소: {edit}</translation>
  </message>
  <message>
   <source>Unfreeze {layer}</source>
   <translation>{layer} 고정 해제</translation>
  </message>
  <message>
   <source>Ungroup</source>
   <translation>블록 해제</translation>
  </message>
  <message>
   <source>Unit</source>
   <translation>유닛</translation>
  </message>
  <message>
   <source>Unsaved changes</source>
   <translation>저장하지 않은 내용</translation>
  </message>
  <message>
   <source>Untitled</source>
   <translation>이름 없음</translation>
  </message>
  <message>
   <source>Update</source>
   <translation>갱신</translation>
  </message>
  <message>
   <source>Update gate</source>
   <translation>업데이트 게이트</translation>
  </message>
  <message>
   <source>Updated by this sample alone.</source>
   <translation>이 샘플 하나로 파라미터를 갱신했습니다.</translation>
  </message>
  <message>
   <source>Use a tenth of the learning rate</source>
   <translation>학습률을 10분의 1로 낮추기</translation>
  </message>
  <message>
   <source>Use the built-in data</source>
   <translation>내장 데이터 쓰기</translation>
  </message>
  <message>
   <source>Use {layer} again</source>
   <translation>{layer} 다시 사용</translation>
  </message>
  <message>
   <source>Usual arrangement</source>
   <translation>기본 배치</translation>
  </message>
  <message>
   <source>Validation</source>
   <comment>data</comment>
   <translation>검증용</translation>
  </message>
  <message>
   <source>validation</source>
   <translation>검증</translation>
  </message>
  <message>
   <source>Validation data</source>
   <translation>검증용</translation>
  </message>
  <message>
   <source>Validation points</source>
   <translation>검증용 점</translation>
  </message>
  <message>
   <source>Valley</source>
   <translation>골짜기</translation>
  </message>
  <message>
   <source>value of this bias</source>
   <translation>이 편향의 값</translation>
  </message>
  <message>
   <source>value of this weight</source>
   <translation>이 가중치의 값</translation>
  </message>
  <message>
   <source>Values</source>
   <translation>값의 수</translation>
  </message>
  <message>
   <source>VDS</source>
   <translation>VDS</translation>
  </message>
  <message>
   <source>vehicles</source>
   <translation>대</translation>
  </message>
  <message>
   <source>verb</source>
   <translation>동사</translation>
  </message>
  <message>
   <source>Version {version}</source>
   <translation>버전 {version}</translation>
  </message>
  <message>
   <source>View</source>
   <translation>보기</translation>
  </message>
  <message>
   <source>Views</source>
   <translation>보기 목록</translation>
  </message>
  <message>
   <source>Volume</source>
   <translation>교통량</translation>
  </message>
  <message>
   <source>Way of the optimizer downhill</source>
   <translation>최적화 기법이 내려가는 길</translation>
  </message>
  <message>
   <source>Wed</source>
   <translation>수</translation>
  </message>
  <message>
   <source>Weight of {layer}</source>
   <translation>{layer}의 가중치</translation>
  </message>
  <message>
   <source>Weights</source>
   <translation>가중치</translation>
  </message>
  <message>
   <source>weights locked</source>
   <translation>가중치 고정됨</translation>
  </message>
  <message>
   <source>Weights W</source>
   <translation>가중치 W</translation>
  </message>
  <message>
   <source>Weights W and bias b</source>
   <translation>가중치 W와 편향 b</translation>
  </message>
  <message>
   <source>What came in</source>
   <translation>들어온 값</translation>
  </message>
  <message>
   <source>What is inside of the layers will be drawn here.</source>
   <translation>층 안의 값이 여기에 그려집니다.</translation>
  </message>
  <message>
   <source>What might have stood in the place of {token}:</source>
   <translation>{token} 자리에 올 수 있던 후보:</translation>
  </message>
  <message>
   <source>What the loss compares</source>
   <translation>손실 함수가 비교하는 값</translation>
  </message>
  <message>
   <source>What the network writes will stand here.</source>
   <translation>신경망이 쓴 글이 여기에 나타납니다.</translation>
  </message>
  <message>
   <source>What the optimizer makes of the gradient</source>
   <translation>최적화 기법이 기울기로 하는 일</translation>
  </message>
  <message>
   <source>What the optimizer remembers</source>
   <translation>최적화 기법이 기억하는 값</translation>
  </message>
  <message>
   <source>What the table shows</source>
   <translation>표에 보일 내용</translation>
  </message>
  <message>
   <source>What to do with {view}</source>
   <translation>{view}에 할 일</translation>
  </message>
  <message>
   <source>What's this?</source>
   <translation>이게 무엇인가요?</translation>
  </message>
  <message>
   <source>Where the layer looks will be drawn here.</source>
   <translation>층이 주목하는 곳이 여기에 그려집니다.</translation>
  </message>
  <message>
   <source>Where the sample comes from</source>
   <translation>샘플을 고르는 곳</translation>
  </message>
  <message>
   <source>While a card is dragged: neither snap nor go onto a wire</source>
   <translation>카드를 끌어 옮기는 동안 다른 카드에 맞추거나 연결에 끼워 넣지 않기</translation>
  </message>
  <message>
   <source>Whole answers right</source>
   <translation>전체 정답</translation>
  </message>
  <message>
   <source>whole answers right: {share}</source>
   <translation>전체가 맞은 답: {share}</translation>
  </message>
  <message>
   <source>Wine</source>
   <translation>와인</translation>
  </message>
  <message>
   <source>wire from {source} to {target}, selected</source>
   <translation>{source}에서 {target}(으)로 가는 연결, 선택됨</translation>
  </message>
  <message>
   <source>with all {count} parameters changed</source>
   <translation>파라미터 {count}개를 모두 바꾼 뒤</translation>
  </message>
  <message>
   <source>Write {mask} in the place of a word, and the network will find it.</source>
   <translation>단어 자리에 {mask}를 쓰면 신경망이 그 단어를 찾습니다.</translation>
  </message>
  <message>
   <source>Written text</source>
   <translation>쓴 글</translation>
  </message>
  <message>
   <source>XOR</source>
   <translation>XOR</translation>
  </message>
  <message>
   <source>Zoom in</source>
   <translation>확대</translation>
  </message>
  <message>
   <source>Zoom out</source>
   <translation>축소</translation>
  </message>
  <message>
   <source>{count} characters · {tokens} different tokens</source>
   <translation>글자 {count}자 · 서로 다른 토큰 {tokens}개</translation>
  </message>
  <message>
   <source>{count} d</source>
   <translation>{count}일</translation>
  </message>
  <message>
   <source>{count} h</source>
   <translation>{count}시간</translation>
  </message>
  <message>
   <source>{count} layers</source>
   <translation>층 {count}개</translation>
  </message>
  <message>
   <source>{count} layers selected</source>
   <translation>층 {count}개 선택됨</translation>
  </message>
  <message>
   <source>{count} min</source>
   <translation>{count}분</translation>
  </message>
  <message>
   <source>{count} of {height}×{width}</source>
   <translation>{height}×{width} {count}개</translation>
  </message>
  <message>
   <source>{count} parameters</source>
   <translation>파라미터 {count}개</translation>
  </message>
  <message>
   <source>{count} parameters, {idle} of them bypassed</source>
   <translation>파라미터 {count}개, 그중 {idle}개 우회</translation>
  </message>
  <message>
   <source>{count} params</source>
   <translation>파라미터 {count}개</translation>
  </message>
  <message>
   <source>{count} points of your own; the cross is at x₁ {x1}, x₂ {x2}; the arrow keys move it, Space paints, Delete erases</source>
   <translation>직접 그린 점 {count}개, 십자 위치 x₁ {x1}, x₂ {x2}, 화살표 키로 옮기고 스페이스로 그리고 Delete로 지웁니다</translation>
  </message>
  <message>
   <source>{count} test rows</source>
   <translation>평가용 {count}행</translation>
  </message>
  <message>
   <source>{count} test rows, in {unit}</source>
   <translation>평가용 {count}행, 단위 {unit}</translation>
  </message>
  <message>
   <source>{label} ({unit})</source>
   <translation>{label} ({unit})</translation>
  </message>
  <message>
   <source>{layer}, to the memory</source>
   <translation>{layer}, 메모리로</translation>
  </message>
  <message>
   <source>{layer}: mean size {size}, norm {norm}</source>
   <translation>{layer}: 평균 크기 {size}, 노름 {norm}</translation>
  </message>
  <message>
   <source>{minutes} min ahead</source>
   <translation>{minutes}분 뒤</translation>
  </message>
  <message>
   <source>{name}, {unit}</source>
   <translation>{name}, {unit}</translation>
  </message>
  <message>
   <source>{name}: {share}</source>
   <translation>{name}: {share}</translation>
  </message>
  <message>
   <source>{n} feature</source>
   <translation>특성 {n}개</translation>
  </message>
  <message>
   <source>{n} features</source>
   <translation>특성 {n}개</translation>
  </message>
  <message>
   <source>{n} point</source>
   <translation>점 {n}개</translation>
  </message>
  <message>
   <source>{n} points</source>
   <translation>점 {n}개</translation>
  </message>
  <message>
   <source>{n} row</source>
   <translation>{n}행</translation>
  </message>
  <message>
   <source>{n} rows</source>
   <translation>{n}행</translation>
  </message>
  <message>
   <source>{n} token</source>
   <translation>토큰 {n}개</translation>
  </message>
  <message>
   <source>{n} tokens</source>
   <translation>토큰 {n}개</translation>
  </message>
  <message>
   <source>{optimizer}, rate {rate}: loss {first} → {last} in {count} steps</source>
   <translation>{optimizer}, 학습률 {rate}: {count}걸음에 손실 {first} → {last}</translation>
  </message>
  <message>
   <source>{pen}, row {row}, column {column}; the arrow keys move, Space lowers or lifts</source>
   <translation>{pen}, {row}행 {column}열; 방향키로 움직이고 스페이스 키로 펜을 내리거나 올립니다</translation>
  </message>
  <message>
   <source>{share} dead</source>
   <translation>죽은 유닛 {share}</translation>
  </message>
  <message>
   <source>{share} of the units of {layer} are 0 for all samples.</source>
   <translation>{layer}에서 유닛의 {share}이(가) 모든 샘플에 대해 0입니다.</translation>
  </message>
  <message>
   <source>{sizes} network</source>
   <translation>{sizes} 신경망</translation>
  </message>
  <message>
   <source>{slope} matches the chain rule</source>
   <translation>{slope}, 연쇄법칙과 일치합니다</translation>
  </message>
  <message>
   <source>{slope}: the loss has a kink or jump here</source>
   <translation>{slope}, 여기서 손실이 꺾이거나 뜁니다</translation>
  </message>
  <message>
   <source>{speed} iterations/s</source>
   <translation>초당 {speed} 이터레이션</translation>
  </message>
  <message>
   <source>{time} · mean of the units {mean}</source>
   <translation>{time} · 유닛 평균 {mean}</translation>
  </message>
  <message>
   <source>{time} · unit {unit}: {value}</source>
   <translation>{time} · 유닛 {unit}: {value}</translation>
  </message>
  <message>
   <source>{told}, in a long valley</source>
   <translation>긴 골짜기에서 {told}</translation>
  </message>
  <message>
   <source>{training} training points, {validation} validation points</source>
   <translation>학습용 점 {training}개, 검증용 점 {validation}개</translation>
  </message>
  <message>
   <source>{width}×{height} image</source>
   <translation>{width}×{height} 이미지</translation>
  </message>
  <message>
   <source>“{query}” does not see “{key}”: masked</source>
   <translation>“{query}” → “{key}”: 가려짐</translation>
  </message>
  <message>
   <source>“{query}” looks at “{key}”: {share}</source>
   <translation>“{query}” → “{key}”: {share}</translation>
  </message>
  <message>
   <source>∂z/∂x for {label}</source>
   <translation>{label}의 ∂z/∂x</translation>
  </message>
  <message>
   <source>한국어 ↔ English</source>
   <translation>한국어 ↔ English</translation>
  </message>
 </context>
</TS>
