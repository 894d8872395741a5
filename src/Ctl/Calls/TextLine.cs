namespace RtpProxy.Ctl.Calls;

/// <summary>A line of words.</summary>
/// <param name="Text">As it came: not yet harmless, not yet broken.</param>
/// <param name="Indent">Where it goes on when it has to be broken.</param>
/// <param name="IsTrouble">Worth a colour.</param>
internal sealed record TextLine(string Text, int Indent = 0, bool IsTrouble = false);
