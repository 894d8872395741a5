namespace RtpProxy.Io.Storage;

/// <summary>What the writer has to do for one file.</summary>
/// <param name="Buffer">To be written; null if there is nothing.</param>
/// <param name="IsLast">Close the file then.</param>
internal readonly record struct WriteRequest(RecordingFile File, RecordingBuffer? Buffer, bool IsLast);
