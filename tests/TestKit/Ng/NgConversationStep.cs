namespace RtpProxy.TestKit.Ng;

/// <summary>One step of a conversation: a request, packets, or a pause.</summary>
/// <param name="Head">The line that says what it is.</param>
/// <param name="Body">Of a request, its keys and its description.</param>
public sealed record NgConversationStep(string Head, IReadOnlyList<string> Body)
{
    /// <summary>What comes back, as text.</summary>
    public List<string> Told { get; } = [];

    /// <summary>What comes back from other daemons that were asked the same, where it is something else: heads and lines.</summary>
    public List<(string Head, List<string> Lines)> Others { get; } = [];

    public bool IsRequest => Head.StartsWith(">> ", StringComparison.Ordinal);

    /// <summary>The number of a request.</summary>
    public string Number => Head.Split(' ')[1];
}
