namespace RtpProxy.SipEdge.Management;

/// <summary>How far a request has been received.</summary>
internal enum HttpParse
{
    Incomplete,
    Complete,
    Malformed,
}
