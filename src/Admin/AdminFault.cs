namespace RtpProxy.Admin;

/// <summary>Why a request was not carried out.</summary>
/// <param name="Code">For machines: one of <see cref="FaultCodes"/>.</param>
/// <param name="Text">One sentence for people that names what was wrong and what was expected.</param>
public sealed record AdminFault(string Code, string Text);
