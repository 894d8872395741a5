using RtpProxy.Protocols.Ng.Options;
using RtpProxy.Protocols.Ng.Sdp;

namespace RtpProxy.Protocols.NgFront.Descriptions;

/// <summary>The version of a description toward a party, by what the relay keeps of what that was told last.</summary>
internal static class Versions
{
    /// <param name="body">With the peer's version.</param>
    /// <param name="told">What is kept; empty for nothing.</param>
    /// <returns>The description as it is sent, and what is to be kept now; null leaves it.</returns>
    public static (string Body, byte[]? Told) Set(string body, ReplaceOptions replace, byte[] told)
    {
        // Where nobody ever asked nothing is kept; once somebody has, what goes out unasked counts too.
        ToldDescription? last = ToldDescription.Read(told);
        if (!replace.SdpVersion && last is null)
        {
            return (body, null);
        }

        ToldDescription? now = last;
        body = ToldDescription.Tell(body, replace.SdpVersion, replace.AlwaysVersion, ref now);
        return (body, now == last ? null : now?.Write());
    }
}
