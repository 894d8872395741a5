namespace RtpProxy.Relay;

/// <summary>Which party. The caller is the one whose tag the creating <c>U</c> gave as from-tag.</summary>
public enum Side : byte
{
    Caller,
    Callee,
}
