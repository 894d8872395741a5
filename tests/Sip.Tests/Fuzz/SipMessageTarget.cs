namespace RtpProxy.Sip.Tests.Fuzz;

/// <summary>Any bytes as a message: read or refused, and what is read and not changed is written as it came.</summary>
public static class SipMessageTarget
{
    public static void Fuzz(ReadOnlySpan<byte> data) => Exercise.Message(data);
}
