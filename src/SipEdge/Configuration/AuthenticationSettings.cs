using System.Collections.Frozen;
using RtpProxy.SipEdge.Trust;

namespace RtpProxy.SipEdge.Configuration;

/// <summary>Who has a password, and how it is asked for.</summary>
/// <param name="Realm">What the password is for, as the user is told.</param>
/// <param name="Algorithms">What is offered, the most wanted first.</param>
/// <param name="Users">By name.</param>
internal sealed record AuthenticationSettings(
    string Realm, IReadOnlyList<DigestAlgorithm> Algorithms, FrozenDictionary<string, UserSettings> Users);
