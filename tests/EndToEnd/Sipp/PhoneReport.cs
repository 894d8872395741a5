namespace RtpProxy.EndToEnd.Sipp;

/// <summary>A point of its script that a phone has reached, and the message it received last.</summary>
public sealed record PhoneReport(string Point, SipText Message);
