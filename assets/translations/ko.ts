<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="ko_KR" sourcelanguage="en">
 <context>
  <name>engine</name>
  <message>
   <source>1/√ decay</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>A CSV file of a detector; empty: the sample month</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>A layer cannot be called {name}; choose a free name.</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>A network needs an input and an output.</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>A {what} is missing or damaged in the file.</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Activation</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Activation function</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Adagrad</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Adam</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>AdamW</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>An array in the file is damaged.</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>As large as β, m is a mean</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>At epochs</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Basic</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Batch size</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Binary cross-entropy</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Bound</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>By how much it drops</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>By the error function, or by tanh</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Cloud</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Constant</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Cosine decay</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Cross-entropy</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Cross-entropy compares classes, but {layer} has a single unit.</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>CuPy finds no CUDA device; check the driver or train on the CPU.</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>CuPy is not installed, so CUDA cannot be used; install the extra cuda12 or cuda13.</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Damping τ</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>data of the task</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Decay of each epoch</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Dense</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Depth α</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Distribution</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Draw</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Dropout</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Early stopping</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Elastic net</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>ELU</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Epochs</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>epochs</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>exact</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Exponential decay</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>f(z) falls to −α</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Factor on the weights</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Factor γ</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>File</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Final factor</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Fitted on the training part: to 0 … 1, or to mean 0 and standard deviation 1</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Fixes data, weights and shuffling</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Flatten</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Form</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Gain</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Gate</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>GELU</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Hard tanh</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>He (Kaiming)</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Horizon</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>How far each update goes</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>How far points stray</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>How many neurons the layer has</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>How many points are drawn</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>How many rows ahead the forecast is</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>How many rows back the network sees</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>How the learning rate changes</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>How the points are spread</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>How the weights begin</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Huber</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Identity</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Image</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Initial weights</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Input</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Inputs</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Insert Flatten</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Keeps √v from 0</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>L1</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>L2</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Layer {number} of the file is damaged.</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Leaky ReLU</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Learning rate</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>LeCun</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Left at the end</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>linear</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Linear rise of the rate</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Logic gate</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Loss function</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Mean absolute error</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Mean squared error</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Memory of past gradients</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Memory of the mean gradient</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Memory of the squared gradient</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>min-max</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Momentum</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Nesterov</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Noise</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>None</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>none</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Normal</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>normal</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Nothing can stand before the input.</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Optimizer</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Passes over the training data</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Points</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Rate</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Rate decay</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Regularization</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>ReLU</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>RMSProp</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>rows</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Samples for each update; 0 takes all of them</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Scaling</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Seed</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>SELU</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Set units to {units}</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>SGD</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Share of a weight, times λ</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Share of L1</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Share of neurons left out</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Share of the points the network learns from; the others validate it</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Share of the samples, from the first on, the network learns from</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Share that follows and validates; the rest, the latest, is the test part</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Sigmoid</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Slope below zero</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Slope α</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Softmax</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Softsign</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Spread of the draw</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>standard</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Standard deviation σ</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Step</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Step decay</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Stop after so many epochs without a better validation loss, and go back to the best; 0 never stops early</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Strength λ</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>tanh</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Target</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>The arrays in the file are too large to be real.</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>The columns the network sees</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>The drawing has the shape {shape}; it needs height and width.</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>The drawing holds values that are not finite; clear it and draw again.</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>The file is damaged or cannot be read ({reason}).</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>The largest weight drawn</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>The list of layers is missing or damaged in the file.</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>The loss became {value} at iteration {step}; go back to iteration {good} and lower the learning rate.</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>The project names no version; the file is damaged.</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>The project was saved by a newer Neural Playground (format {version}, this program reads up to {known}); update the program to open it.</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>The saved run is damaged.</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>The saved run is incomplete; the file is damaged.</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>The saved state of the run is damaged ({reason}); train the network anew.</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>The shape of the draw</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>The task has {wanted} classes, {layer} has {units} units.</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>The task predicts {wanted} numbers, {layer} has {units} units.</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>The task {task} makes its own data and reads no file; leave --data out.</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>There is no device {device}; use auto, cpu or cuda.</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>There is no experiment called {name}; there are {known}, or name a file.</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>There is no layer called {name}; there are {known}.</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>There is no such file.</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>There is no {family} called {kind}; try {suggestions}.</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>This is not a Neural Playground project, or it is damaged.</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>This is not a Neural Playground project.</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Time scale s</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>to a list</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Training share</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Two layers are called {name}; rename one.</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Uniform</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>uniform</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Units</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Use bias</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Use binary cross-entropy</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Use mean squared error</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Validation share</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>VDS</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Warm-up</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Weight decay</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>What each neuron applies</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>What is applied</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>What is forecast</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>When the rate drops</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Where the square becomes a line</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Whether each neuron adds a constant</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Which truth table is learned</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Width δ</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Window</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Xavier (Glorot)</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Zeros</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>{assignment} names no setting of the layer.</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>{assignment} sets nothing; write for example training.learning_rate=0.01, task.noise=0.2 or graph.dense_1.units=8.</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>{entry} in the file is too large to be real.</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>{file} cannot be read ({reason}); choose another file.</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>{file} could not be saved ({reason}); choose another place.</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>{file} has a gap in time between row {row} ({time}) and row {next_row} ({next_time}); the {left_out} windows that would cross it are left out.</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>{file} has no column {missing}; it has {found}. The file needs {needed}.</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>{file} has two columns for {column}: {found}; delete or rename one.</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>{file} has {gaps} gaps in time, the first between row {row} ({time}) and row {next_row} ({next_time}); the {left_out} windows that would cross them are left out.</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>{file} has {rows} rows, at most {unbroken} of them without a gap in time; a window of {window} rows and a horizon of {horizon} need {needed}. Take a longer file or a shorter window.</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>{file} is no text in UTF-8 or CP949; save it as a CSV file in UTF-8.</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>{file}, row {row} has {cells} cells where the header has {columns}; delete the delimiters that are too many.</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>{file}, row {row} is no line of a CSV file ({reason}); correct or delete it.</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>{file}, row {row}: the time {time} lies before that of row {above}; sort the rows by time.</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>{file}, row {row}: the time {time} stands in row {above} already; delete one of the two rows.</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>{file}, row {row}: {column} has no value; fill it in or delete the row, which then counts as a gap in time.</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>{file}, row {row}: {column} holds {value} where a number belongs; correct it or delete the row.</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>{file}, row {row}: {column} holds {value} where a time belongs; write it as {example}.</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>{file}, row {row}: {column} holds {value}, which is not finite; correct it or delete the row.</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>{file}: {reason}</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>{layer} needs a list, but gets {shape}.</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>{loss} is for classes; {task} predicts a number.</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>{name} cannot be deleted; every network has one.</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>{name} cannot move there.</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>{name} is not connected to the network.</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>{name} keeps its name.</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>{name} reads {source}, which does not come before it.</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>{owner} has no setting {field}; it has {known}.</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>{owner}: training_share {training} and validation_share {validation} leave nothing to test; together they may be at most 0.95.</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>{owner}: {field} must be {allowed}, not {value}.</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>{owner}: {field} names {column} twice; name it once.</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>{percent}% left out</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>{units} units · {activation}</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>β</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>β₁</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>β₂</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>ε</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>ρ</source>
   <translation type="unfinished" />
  </message>
 </context>
 <context>
  <name>playground</name>
  <message>
   <source>Close</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>falling</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>rising</source>
   <translation type="unfinished" />
  </message>
 </context>
</TS>
