namespace RtpProxy.Sip;

/// <summary>What makes a message unfit to be processed, and the answer that RFC 3261 gives to such a request.</summary>
/// <param name="StatusCode">400, or 505 for a version other than 2.0. A response with a fault is dropped.</param>
/// <param name="Subject">The field or part at fault, as named in the RFC.</param>
/// <param name="Error">Where, and what was expected.</param>
public readonly record struct MessageFault(int StatusCode, string Subject, ParseError Error)
{
    public override string ToString() => $"{Subject}: {Error}";
}
