namespace RtpProxy.Relay.Calls;

/// <summary>Which media line of a call a session is.</summary>
/// <param name="Association">Its number.</param>
/// <param name="Index">Of the line in the descriptions of both parties, from 0.</param>
public readonly record struct LinePlace(int Association, int Index)
{
    /// <summary>Media lines that a description can have.</summary>
    public const int Max = 32;
}
