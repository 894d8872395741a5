using RtpProxy.Sip;

namespace RtpProxy.SipEdge.Tests;

/// <summary>A proxy with two users, and what they do before a test begins what it is about.</summary>
internal static class EdgeUsers
{
    /// <summary>Of the configuration.</summary>
    public const string Trust =
        """
        "users": [
          { "name": "alice", "password": "wonderland", "identities": ["+4930123", "sip:sales@other.example"] },
          { "name": "bob", "password": "builder" }
        ],
        "registrar": { "domains": ["example.com"] },
        """;

    public const string Domain = "sip:example.com";

    /// <summary>Registers a phone with its password.</summary>
    public static async Task RegisterAsync(this Edge edge, SipPeer phone, string user, string password, string contact)
    {
        SipMessage challenge = await edge.AskToRegisterAsync(phone, user);
        string credentials = new DigestClient(user, password).Answer(challenge, "REGISTER", Domain);
        phone.Send(Registration.Request(phone, user, contact, credentials, 2), edge.Udp);
        await phone.ExpectAsync("SIP/2.0 200");
    }

    /// <summary>Registers without a password. Returns the question for it.</summary>
    public static async Task<SipMessage> AskToRegisterAsync(this Edge edge, SipPeer phone, string user)
    {
        phone.Send(Registration.Request(phone, user, Registration.Contact(phone, user)), edge.Udp);
        return await phone.ExpectAsync("SIP/2.0 401 Unauthorized");
    }

    /// <summary>What alice answers when a request to bob is asked for her password.</summary>
    public static async Task<string> CredentialsAsync(this Edge edge, string method)
    {
        edge.Call.CallerSends(edge.Call.Initial(method, null, branch: "z9hG4bK-ask"));
        SipMessage challenge = await edge.Caller.ExpectAsync("SIP/2.0 407");
        return new DigestClient("alice", "wonderland").Answer(challenge, method, "sip:bob@example.com");
    }
}
