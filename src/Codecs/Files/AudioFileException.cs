namespace RtpProxy.Codecs.Files;

/// <summary>libsndfile cannot open, read or write a file; the message is its own.</summary>
public sealed class AudioFileException(string message) : IOException(message);
