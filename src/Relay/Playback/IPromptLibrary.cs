namespace RtpProxy.Relay.Playback;

/// <summary>Finds prompt files (media rules, section 6). A file is read once and shared by all who play it.</summary>
/// <remarks>Called off the workers, since a file system may block; thread-safe.</remarks>
public interface IPromptLibrary
{
    /// <summary>Opens <c>NAME.PT</c>; null if there is no such readable file.</summary>
    Prompt? TryOpen(string name, byte payloadType);

    /// <summary>Makes a prompt of the WAV file <c>NAME</c>; null if there is none, or none for that payload type.</summary>
    Prompt? TryConvert(string name, byte payloadType);

    /// <summary>The same of a file that is told, which nobody finds again by its name.</summary>
    Prompt? TryConvert(ReadOnlyMemory<byte> file, string name, byte payloadType);
}
