namespace RtpProxy.Controller.Tests.Differential;

/// <summary>What came out of one message.</summary>
/// <param name="Code">The return code of the module's function.</param>
/// <param name="Commands">What the node was asked, in order.</param>
/// <param name="Body">The body of the message that was passed on.</param>
/// <param name="ContentLength">Its Content-Length.</param>
public sealed record Passage(int Code, string[] Commands, string Body, int? ContentLength)
{
    /// <summary>One text, so that a difference is seen at a glance.</summary>
    public override string ToString() =>
        $"code {Code}, length {ContentLength}\n> {string.Join("\n> ", Commands)}\n{Body.Replace("\r", "\\r", StringComparison.Ordinal)}";
}
