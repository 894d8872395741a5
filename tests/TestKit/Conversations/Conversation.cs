namespace RtpProxy.TestKit.Conversations;

/// <summary>
/// A golden conversation: what a controller says to one daemon and what that answers, read from a <c>.talk</c> file
/// (format: <c>tests/Conversations/README.md</c>). Immutable; runners play it on the virtual core or on the executable.
/// </summary>
/// <param name="Name">The file's name without extension.</param>
/// <param name="Title">The text of the file's first comment.</param>
/// <param name="Options">The daemon's options without <c>-s</c>, <c>-m</c> and <c>-M</c>, which the runner adds.</param>
/// <param name="Ports">The range of <c>-m</c> and <c>-M</c>; a runner may use another one with as many pairs.</param>
/// <param name="Transports">The kinds of control socket that the conversation is for.</param>
/// <param name="Framing">Whether requests are commands, which the runner frames, or the bytes on the wire.</param>
/// <param name="Files">Files that must exist in the daemon's working directory.</param>
/// <param name="Directories">Directories that must exist there.</param>
/// <param name="Steps">What happens, in order.</param>
public sealed record Conversation(
    string Name,
    string Title,
    IReadOnlyList<string> Options,
    PortRange Ports,
    IReadOnlyList<Transport> Transports,
    Framing Framing,
    IReadOnlyList<ConversationFile> Files,
    IReadOnlyList<string> Directories,
    IReadOnlyList<Step> Steps)
{
    /// <summary>The conversations that the build copies beside the tests, in the order of their names.</summary>
    public static IReadOnlyList<Conversation> LoadAll() =>
        [.. Directory.GetFiles(Path.Combine(AppContext.BaseDirectory, "Conversations"), "*.talk")
            .Order(StringComparer.Ordinal)
            .Select(Load)];

    /// <exception cref="FormatException">A line cannot be understood; the message names file and line.</exception>
    public static Conversation Load(string path) =>
        Parse(Path.GetFileNameWithoutExtension(path), File.ReadAllText(path));

    /// <inheritdoc cref="Load"/>
    public static Conversation Parse(string name, string text) => new ConversationParser(name, text).Parse();

    /// <summary>The name, so that a theory shows it.</summary>
    public override string ToString() => Name;
}
