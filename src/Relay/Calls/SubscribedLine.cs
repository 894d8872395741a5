namespace RtpProxy.Relay.Calls;

/// <summary>What one media line of a subscriber carries.</summary>
/// <param name="Party">The number of the party that is heard.</param>
/// <param name="Index">Of the line in that party's description, from 0.</param>
/// <param name="IsOffered">False when it is not wanted any more.</param>
/// <param name="IsMuxOffered">RTCP on the port of RTP was offered.</param>
public readonly record struct SubscribedLine(int Party, int Index, bool IsOffered, bool IsMuxOffered)
{
    /// <summary>The same media, whatever was offered of it.</summary>
    internal bool IsOf(int party, int index) => Party == party && Index == index;
}
