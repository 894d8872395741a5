using System.Net;
using System.Runtime.InteropServices;
using System.Text;
using RtpProxy.Io.Net.Tls.Interop;

namespace RtpProxy.Io.Net.Tls;

/// <summary>
/// The client's side of TLS 1.2 or 1.3 as bytes: what comes from the other side goes in, what has to be sent comes out; sockets are
/// others' business. The other side's certificate has to be one that the system trusts (<c>SSL_CERT_FILE</c> and <c>SSL_CERT_DIR</c>
/// name others), for the name or address that it was asked for. By OpenSSL, which is loaded when the first one is made: the base
/// library's TLS would make the daemon larger by half, in memory too, whether it is used or not.
/// </summary>
/// <remarks>Not thread-safe, but may be used by one thread after the other.</remarks>
internal sealed unsafe class TlsClient : IDisposable
{
    private nint _context;
    private nint _connection;
    private nint _received; // owned by the connection, like the next
    private nint _toSend;

    /// <param name="host">A name or an address.</param>
    /// <exception cref="IOException">OpenSSL is not there, or does not want to.</exception>
    public TlsClient(string host)
    {
        try
        {
            Create(host);
        }
        catch (DllNotFoundException)
        {
            throw new IOException($"TLS not available: cannot load {LibSsl.FileName}, install the package libssl3");
        }
        catch
        {
            Dispose();
            throw;
        }
    }

    /// <summary>The handshake is over, and the other side is who it should be.</summary>
    public bool IsReady { get; private set; }

    /// <summary>The other side has said that it sends nothing more.</summary>
    public bool HasEnded { get; private set; }

    /// <summary>Bytes came from the other side.</summary>
    public void Receive(ReadOnlySpan<byte> bytes)
    {
        fixed (byte* data = bytes)
        {
            _ = LibSsl.BIO_write(_received, data, bytes.Length); // memory: all of it is taken
        }
    }

    /// <summary>Goes on with the handshake as far as what was received goes.</summary>
    /// <exception cref="IOException">It has failed; what is to be sent tells the other side so.</exception>
    public void Shake()
    {
        LibSsl.ERR_clear_error();
        int result = LibSsl.SSL_do_handshake(_connection);
        if (result == 1)
        {
            IsReady = true;
        }
        else
        {
            CheckWait(result);
        }
    }

    /// <summary>Reads what the other side has said, throws it away, and does what the protocol wants done about it.</summary>
    /// <exception cref="IOException">It breaks the protocol.</exception>
    public void Discard()
    {
        byte* ignored = stackalloc byte[1024];
        int result;
        do
        {
            LibSsl.ERR_clear_error();
            result = LibSsl.SSL_read(_connection, ignored, 1024);
        }
        while (result > 0);

        CheckWait(result);
    }

    /// <summary>Encrypts, for <see cref="TakeToSend"/>. Only when it is ready.</summary>
    /// <exception cref="IOException">It cannot.</exception>
    public void Send(ReadOnlySpan<byte> plain)
    {
        LibSsl.ERR_clear_error();
        fixed (byte* data = plain)
        {
            int result = LibSsl.SSL_write(_connection, data, plain.Length);
            if (result != plain.Length)
            {
                throw new IOException(Explain());
            }
        }
    }

    /// <summary>Says that nothing more is sent.</summary>
    public void End()
    {
        if (IsReady)
        {
            LibSsl.ERR_clear_error();
            _ = LibSsl.SSL_shutdown(_connection);
        }
    }

    /// <summary>What has to be sent to the other side now; empty if nothing.</summary>
    public byte[] TakeToSend()
    {
        byte[] bytes = new byte[(int)LibSsl.BIO_ctrl_pending(_toSend)];
        fixed (byte* data = bytes)
        {
            if (bytes.Length > 0)
            {
                _ = LibSsl.BIO_read(_toSend, data, bytes.Length);
            }
        }

        return bytes;
    }

    public void Dispose()
    {
        if (_connection != 0)
        {
            LibSsl.SSL_free(_connection);
            _connection = 0;
        }

        if (_context != 0)
        {
            LibSsl.SSL_CTX_free(_context);
            _context = 0;
        }
    }

    private void Create(string host)
    {
        _context = NotNull(LibSsl.SSL_CTX_new(LibSsl.TLS_client_method()));
        LibSsl.SSL_CTX_set_verify(_context, LibSsl.SSL_VERIFY_PEER, 0);
        Check(LibSsl.SSL_CTX_set_default_verify_paths(_context) == 1);
        Check(LibSsl.SSL_CTX_ctrl(_context, LibSsl.SSL_CTRL_SET_MIN_PROTO_VERSION, LibSsl.TLS1_2_VERSION, 0) == 1);

        _connection = NotNull(LibSsl.SSL_new(_context));
        _received = NotNull(LibSsl.BIO_new(LibSsl.BIO_s_mem()));
        _toSend = LibSsl.BIO_new(LibSsl.BIO_s_mem());
        if (_toSend == 0)
        {
            _ = LibSsl.BIO_free(_received);
            throw new IOException(Explain());
        }

        LibSsl.SSL_set_bio(_connection, _received, _toSend);
        fixed (byte* name = (byte[])[.. Encoding.UTF8.GetBytes(host), 0])
        {
            if (IPAddress.TryParse(host, out _))
            {
                Check(LibSsl.X509_VERIFY_PARAM_set1_ip_asc(LibSsl.SSL_get0_param(_connection), name) == 1);
            }
            else
            {
                // RFC 6066, section 3: names only.
                Check(LibSsl.SSL_ctrl(_connection, LibSsl.SSL_CTRL_SET_TLSEXT_HOSTNAME, 0, name) == 1);
                Check(LibSsl.SSL_set1_host(_connection, name) == 1);
            }
        }

        LibSsl.SSL_set_connect_state(_connection);
    }

    private void CheckWait(int result)
    {
        switch (LibSsl.SSL_get_error(_connection, result))
        {
            case LibSsl.SSL_ERROR_WANT_READ:
                break;
            case LibSsl.SSL_ERROR_ZERO_RETURN:
                HasEnded = true;
                break;
            default:
                throw new IOException(Explain());
        }
    }

    private string Explain()
    {
        nint verified = _connection == 0 ? LibSsl.X509_V_OK : LibSsl.SSL_get_verify_result(_connection);
        if (verified != LibSsl.X509_V_OK)
        {
            string why = Marshal.PtrToStringUTF8((nint)LibSsl.X509_verify_cert_error_string(verified)) ?? "";
            return $"its certificate is not to be trusted: {why}";
        }

        nuint error = LibSsl.ERR_get_error();
        if (error == 0)
        {
            return "TLS has failed";
        }

        const int MaxText = 256;
        byte* text = stackalloc byte[MaxText];
        LibSsl.ERR_error_string_n(error, text, MaxText);
        return Marshal.PtrToStringUTF8((nint)text) ?? "";
    }

    private static void Check(bool isRight)
    {
        if (!isRight)
        {
            throw new IOException("OpenSSL refuses to prepare a connection");
        }
    }

    private nint NotNull(nint value) => value != 0 ? value : throw new IOException(Explain());
}
