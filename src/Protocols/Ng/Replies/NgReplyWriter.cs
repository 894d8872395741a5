using RtpProxy.Protocols.Ng.Encodings;

namespace RtpProxy.Protocols.Ng.Replies;

/// <summary>
/// Writes replies, <c>COOKIE SP DICTIONARY</c> in the encoding of the request (ng protocol, 1.2). <see cref="Begin"/>, then
/// one of the others, then <see cref="Written"/>.
/// </summary>
/// <remarks>Not thread-safe; used again for the next reply, so that its buffer is.</remarks>
public sealed class NgReplyWriter
{
    private readonly NgWriter _writer = new();
    private byte[] _prefix = [];
    private NgEncoding _encoding;

    /// <summary>The whole reply; valid until the next <see cref="Begin"/>.</summary>
    public ReadOnlySpan<byte> Written => _writer.Written;

    /// <summary>
    /// True if the reply is longer than a datagram can be, which only a session description can make it.
    /// </summary>
    public bool IsOverflowed => _writer.Length > NgLimits.MaxLength;

    /// <summary>Takes cookie and encoding from a request.</summary>
    public void Begin(in NgMessage request)
    {
        _encoding = request.Encoding;
        _prefix = request.Cookie.IsEmpty ? [] : [.. request.Cookie, (byte)' '];
    }

    /// <summary>An error is nothing but its text.</summary>
    public void WriteError(string text)
    {
        BeginResult("error");
        WriteText("error-reason", text);
        _writer.End();
    }

    public void WritePong()
    {
        BeginResult("pong");
        _writer.End();
    }

    /// <summary>For clients that said that they understand it; others get an error (8.1).</summary>
    public void WriteLoadLimit(string message)
    {
        BeginResult("load limit");
        WriteText("message", message);
        _writer.End();
    }

    public void WriteOk()
    {
        BeginResult("ok");
        _writer.End();
    }

    public void WriteOk(OkReply reply)
    {
        BeginResult("ok");
        WriteText("sdp", reply.Sdp);
        WriteText("warning", reply.Warning);
        if (reply.Recordings.Count > 0)
        {
            _writer.Key("recordings");
            WriteTexts(reply.Recordings);
        }

        WriteInteger("duration", (long?)reply.Duration?.TotalMilliseconds);
        WriteInteger("last-frame-pos", reply.LastFramePosition);
        _writer.End();
    }

    /// <summary>The reply of <c>list</c>: as many of the call-ids as fit.</summary>
    public void WriteCalls(IEnumerable<string> callIds)
    {
        BeginResult("ok");
        _writer.Key("calls");
        _writer.BeginList();
        foreach (string callId in callIds)
        {
            // A byte takes up to six in JSON.
            if (_writer.Length + (callId.Length * 6) > NgLimits.MaxReplyLength)
            {
                break;
            }

            _writer.Text(callId);
        }

        _writer.End();
        _writer.End();
    }

    public void WriteSubscription(SubscriptionReply reply)
    {
        BeginResult("ok");
        WriteText("sdp", reply.Sdp);
        WriteText("to-tag", reply.ToTag);
        _writer.Key("from-tags");
        WriteTexts(reply.Sources.Select(source => source.Tag));
        WriteText("from-tag", reply.Sources is [var only] ? only.Tag : null);
        if (reply.IsSiprec)
        {
            WriteTagMedias(reply.Sources);
            WriteMediaLabels(reply.Sources);
        }

        _writer.End();
    }

    /// <summary>Any dictionary, as it is; the result is in it.</summary>
    public void Write(NgDictionary dictionary)
    {
        _writer.Reset(_encoding, _prefix);
        _writer.Value(new NgValue(dictionary));
    }

    private void WriteTagMedias(IReadOnlyList<SubscribedParty> sources)
    {
        _writer.Key("tag-medias");
        _writer.BeginList();
        foreach (SubscribedParty source in sources)
        {
            _writer.BeginDictionary();
            WriteText("tag", source.Tag);
            WriteText("label", source.Label);
            _writer.Key("medias");
            _writer.BeginList();
            foreach (SubscribedMedia media in source.Medias)
            {
                _writer.BeginDictionary();
                WriteInteger("index", media.Index);
                WriteText("type", media.Type);
                WriteText("label", media.Label);
                WriteText("mode", media.Mode);
                _writer.End();
            }

            _writer.End();
            _writer.End();
        }

        _writer.End();
    }

    private void WriteMediaLabels(IReadOnlyList<SubscribedParty> sources)
    {
        _writer.Key("media-labels");
        _writer.BeginDictionary();
        foreach (SubscribedParty source in sources)
        {
            foreach (SubscribedMedia media in source.Medias)
            {
                _writer.Key(media.Label);
                _writer.BeginDictionary();
                WriteText("tag", source.Tag);
                WriteInteger("index", media.Index);
                WriteText("type", media.Type);
                WriteText("mode", media.Mode);
                _writer.End();
            }
        }

        _writer.End();
    }

    // The order of keys is free; the result first, so that what reads only the beginning has it.
    private void BeginResult(string result)
    {
        _writer.Reset(_encoding, _prefix);
        _writer.BeginDictionary();
        WriteText("result", result);
    }

    private void WriteText(string key, string? text)
    {
        if (text is not null)
        {
            _writer.Key(key);
            _writer.Text(text);
        }
    }

    private void WriteInteger(string key, long? number)
    {
        if (number is { } value)
        {
            _writer.Key(key);
            _writer.Integer(value);
        }
    }

    private void WriteTexts(IEnumerable<string> texts)
    {
        _writer.BeginList();
        foreach (string text in texts)
        {
            _writer.Text(text);
        }

        _writer.End();
    }
}
