namespace RtpProxy.TestKit.Conversations;

/// <summary>A file that a conversation needs, in the daemon's working directory.</summary>
/// <param name="Path">Relative to the working directory.</param>
/// <param name="Contents">Never changed.</param>
public sealed record ConversationFile(string Path, byte[] Contents);
