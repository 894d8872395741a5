using System.Text;
using RtpProxy.Sip;
using RtpProxy.SipEdge.Configuration;
using RtpProxy.SipEdge.Trust;
using RtpProxy.TestKit.Controllers;

namespace RtpProxy.SipEdge.Tests;

/// <summary>Passwords and nonces without a network.</summary>
public sealed class DigestGateTests
{
    private static readonly byte[] Key = [1, 2, 3];

    // RFC 7616 section 3.9.1; the nonce is not ours, so that right credentials are stale.
    [Theory]
    [InlineData("MD5", "8ca523f5e9506fed4657c9700eebdbec", DigestOutcomeName.Stale)]
    [InlineData("SHA-256", "753927fa0e85d155564e2e272a28d1802ca10daf4496794697cf8db5856cb6c1", DigestOutcomeName.Stale)]
    [InlineData("SHA-256", "753927fa0e85d155564e2e272a28d1802ca10daf4496794697cf8db5856cb6c0", DigestOutcomeName.Wrong)]
    public void The_examples_of_RFC_7616(string algorithm, string response, string outcome)
    {
        EdgeSettings settings = EdgeConfiguration.Parse(
            """
            {
              "listen": [{ "address": "127.0.0.1" }],
              "realm": "http-auth@example.org",
              "users": [{ "name": "Mufasa", "password": "Circle of Life" }]
            }
            """u8);
        string text = "GET sip:x SIP/2.0\r\nAuthorization: Digest username=\"Mufasa\", realm=\"http-auth@example.org\", uri=\"/dir/index.html\", "
            + $"algorithm={algorithm}, nonce=\"7ypf/xlj9XXwfDPEoM4URrv/xwf94BcCAzFZH4GiTo0v\", nc=00000001, "
            + $"cnonce=\"f2/wE4q74E6zIJEtWaHKaf5wv/H5QzzpXusqGemxURZJ\", qop=auth, response=\"{response}\"\r\n\r\n";
        SipMessage.TryParse(text, out SipMessage request, out _).ShouldBeTrue();

        new DigestGate(Key, new ManualTime())
            .Check(request, HeaderKind.Authorization, settings.Authentication!, out _).ToString().ShouldBe(outcome);
    }

    [Theory]
    [InlineData("SHA-256", ", qop=auth, nc=00000001, cnonce=\"c\"", ":00000001:c:auth", "Right")]
    [InlineData("SHA-256", "", "", "Right")]
    [InlineData("MD5", ", qop=auth, nc=00000001, cnonce=\"c\"", ":00000001:c:auth", "Wrong")] // not offered
    [InlineData("SHA-256", ", qop=auth-int, nc=00000001, cnonce=\"c\"", ":00000001:c:auth-int", "Wrong")] // neither
    [InlineData("SHA-256", ", qop=auth, cnonce=\"c\"", "::c:auth", "Wrong")] // a count belongs to it
    [InlineData("SHA-256", ", nc=00000001", "", "Wrong")]
    public void Only_what_was_offered_is_taken_even_if_it_is_right(string algorithm, string parameters, string middle, string outcome)
    {
        EdgeSettings settings = EdgeConfiguration.Parse(
            """
            {
              "listen": [{ "address": "127.0.0.1" }],
              "realm": "here",
              "digests": ["SHA-256"],
              "users": [{ "name": "bob", "password": "builder" }]
            }
            """u8);
        var time = new ManualTime();
        string nonce = new Nonces(Key, time).Make();
        string response = Hash($"{Hash("bob:here:builder")}:{nonce}{middle}:{Hash("REGISTER:sip:here")}");
        string text = $"REGISTER sip:here SIP/2.0\r\nAuthorization: Digest username=\"bob\", realm=\"here\", uri=\"sip:here\", "
            + $"algorithm={algorithm}, nonce=\"{nonce}\", response=\"{response}\"{parameters}\r\n\r\n";
        SipMessage.TryParse(text, out SipMessage request, out _).ShouldBeTrue();

        new DigestGate(Key, time)
            .Check(request, HeaderKind.Authorization, settings.Authentication!, out _).ToString().ShouldBe(outcome);

        string Hash(string words) => DigestClient.Hash(algorithm, words);
    }

    [Fact]
    public void A_nonce_is_good_for_five_minutes_and_without_a_count_once()
    {
        var time = new ManualTime();
        var nonces = new Nonces(Key, time);
        string first = nonces.Make();
        string second = nonces.Make();
        time.Advance(TimeSpan.FromMinutes(5));

        nonces.TryUse(first, "").ShouldBeTrue();
        nonces.TryUse(first, "").ShouldBeFalse();
        time.Advance(TimeSpan.FromSeconds(1));
        new Nonces(Key, time).TryUse(second, "").ShouldBeFalse("although nobody has used it");
    }

    [Fact]
    public void Nonces_in_use_are_bounded_and_none_is_good_again_when_it_was_forgotten()
    {
        var time = new ManualTime();
        var nonces = new Nonces(Key, time);
        string first = nonces.Make();
        nonces.TryUse(first, "00000001").ShouldBeTrue();
        for (int i = 0; i < Nonces.MaxKept; i++)
        {
            time.Advance(TimeSpan.FromMilliseconds(1));
            nonces.TryUse(nonces.Make(), "00000001");
        }

        nonces.Count.ShouldBeLessThanOrEqualTo(Nonces.MaxKept);
        nonces.TryUse(first, "00000001").ShouldBeFalse();
        time.Advance(TimeSpan.FromSeconds(5));
        nonces.TryUse(nonces.Make(), "00000001").ShouldBeTrue();
    }

    [Fact]
    public void A_nonce_that_is_changed_in_any_letter_is_none_of_ours()
    {
        var nonces = new Nonces(Key, new ManualTime());
        string nonce = nonces.Make();
        for (int i = 0; i < nonce.Length; i++)
        {
            var changed = new StringBuilder(nonce) { [i] = nonce[i] == 'A' ? 'B' : 'A' };
            nonces.TryUse(changed.ToString(), "00000001").ShouldBeFalse();
            nonces.TryUse(nonce[..i], "00000001").ShouldBeFalse();
        }

        nonces.TryUse(nonce, "00000001").ShouldBeTrue();
    }

    private static class DigestOutcomeName
    {
        public const string Stale = nameof(DigestOutcome.Stale);
        public const string Wrong = nameof(DigestOutcome.Wrong);
    }
}
