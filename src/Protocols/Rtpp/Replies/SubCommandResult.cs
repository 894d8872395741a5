namespace RtpProxy.Protocols.Rtpp.Replies;

/// <summary>What one sub-command returned (control protocol, section 4.1).</summary>
/// <param name="Text">Its words, parted by single spaces.</param>
public readonly record struct SubCommandResult(string Text)
{
    /// <summary><c>-1</c>.</summary>
    public bool IsFailure => Text == "-1";

    /// <summary><c>0</c>: success without a text.</summary>
    public bool IsSilent => Text == "0";
}
