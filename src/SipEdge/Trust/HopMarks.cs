using System.Security.Cryptography;
using System.Text;
using RtpProxy.Sip;
using RtpProxy.Sip.Headers;

namespace RtpProxy.SipEdge.Trust;

/// <summary>
/// Marks that are the same for the same request: in our branch they show that it has been here before (RFC 3261 section
/// 16.3 step 4, RFC 5393), in the To tag of our answers that an ACK is for one of them.
/// </summary>
internal sealed class HopMarks(byte[] key)
{
    private const int MarkLength = 8;

    /// <summary>A branch for a request: chance, so that nobody can guess it, and the mark of its way.</summary>
    public string NewBranch(SipMessage request) =>
        $"z9hG4bK-{RandomNumberGenerator.GetHexString(20, lowercase: true)}-{WayOf(request)}";

    /// <summary>
    /// Whether a request has been here before with the same target. One that comes again with another target is on a
    /// spiral, which is legal and ends.
    /// </summary>
    public bool HasBeenHere(SipMessage request)
    {
        string? way = null;
        foreach (TextSpan value in request.ValuesOf(HeaderKind.Via).Skip(1)) // The topmost one is the sender's.
        {
            if (Via.TryParse(request.Text, value, out Via? via, out _)
                && via.Branch is { } branch
                && branch.StartsWith("z9hG4bK-", StringComparison.OrdinalIgnoreCase)
                && branch.EndsWith(way ??= WayOf(request), StringComparison.Ordinal))
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>The To tag of our own answers to a request; its ACK brings it back.</summary>
    // Not of the branch: some acknowledge with a new one.
    public string TagOf(SipMessage request) => Mark($"tag\n{request.CallId}\n{request.FromTag}\n{request.CSeq?.Number}");

    // What decides where the request goes, and what tells it from others.
    private string WayOf(SipMessage request)
    {
        string routes = string.Join(
            '\n', request.Headers.Where(header => header.Kind == HeaderKind.Route).Select(header => request.ValueOf(header)));
        return Mark($"way\n{request.RequestUri}\n{routes}\n{request.CallId}\n{request.FromTag}\n{request.ToTag}\n{request.CSeq?.Number}");
    }

    private string Mark(string text) =>
        Convert.ToHexStringLower(HMACSHA256.HashData(key, Encoding.Latin1.GetBytes(text)).AsSpan(0, MarkLength));
}
