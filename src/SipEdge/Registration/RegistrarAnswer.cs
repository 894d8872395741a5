namespace RtpProxy.SipEdge.Registration;

/// <summary>What a REGISTER gets.</summary>
/// <param name="Fields">Header fields, each <c>Name: value</c>.</param>
internal sealed record RegistrarAnswer(int Status, string Reason, IReadOnlyList<string> Fields);
