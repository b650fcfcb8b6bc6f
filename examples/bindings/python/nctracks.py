"""libnctracks for Python, by ctypes: nothing to compile, no dependency.

    with Portal(key) as portal:
        code = portal.enroll({"provider.npi": "1234567893", ...}, operator="agency")
        portal.register({"provider.npi": "1234567893", "provider.authorization_code": code, ...})
        portal.check("frank.front", "1234567893", "eligibility.inquiry")     # True or False

The shared library is looked for by the system's loader, or where the environment variable NCTRACKS_LIBRARY says.
A status other than NCT_OK raises a subclass of NctracksError. A portal may be used from several threads.
"""
import ctypes
import os
from ctypes import CFUNCTYPE, POINTER, Structure, byref, c_char_p, c_int32, c_int64, c_size_t, c_uint32, c_void_p
from datetime import datetime, timezone
from typing import Any, Callable, Mapping, NamedTuple, Optional

_SEND = CFUNCTYPE(c_int32, c_void_p, c_void_p)


class _Mailer(Structure):
    _fields_ = [("struct_size", c_uint32), ("reserved", c_uint32), ("send", _SEND),
                ("destroy", c_void_p)]


# Name and arguments: p a handle, t bytes, n a size, i and l integers; in capitals a pointer to one, for a result.
_TYPES = {"p": c_void_p, "t": c_char_p, "n": c_size_t, "i": c_int32, "l": c_int64, "-": None, "M": POINTER(_Mailer)}
_TYPES.update({letter.upper(): POINTER(_TYPES[letter]) for letter in "pnil"})
_STATUS = """  # these answer a status; a text is always a pointer and a length, "tn"
    constant_from_name tL   ident_kind_from_name tI   option_from_name tI        right_from_name ptI
    mailer_init Mn          ident_canonical itntnN    policy_new tP              policy_set pil
    config_new P            config_set_policy pp      config_set_master_key ptn  config_set_mailer pMp
    portal_open pP          mail_flush pnNN           password_set ptntntn       pin_status ptnILI
    form_new piP            form_set pttn             form_validate pP           enrollment_submit ptntnP
    registration_submit pP  user_add ptntnP           access_check ptntni        access_explain ptntniP
    access_revoke ptntntn   pin_reset_by_administrator ptntntn                   sign pPP
    signature_get ptntnP    refusal_text_in pittnN
"""
_OTHER = """  # the result comes first
    version t               status_name ti            status_message ti          status_category ii
    ident_canonical_max n   portal_policy pp          portal_close -p            authorization_code_length n
    problems_count np       problems_path tpn         problems_message tpn       explanation_text tp
    mail_id tp              mail_template tp          mail_recipient_address tp  mail_subject tp
    mail_body tp            mail_parameter_count np   mail_parameter_name tpn    mail_parameter_value tpn
    signature_id tp         signature_ncid tp         signature_signer_name tp   signature_meaning tp
    signature_profile tp    signature_role tp         signature_signed_at lp     pin_state_name ti
    config_free -p          policy_free -p            form_free -p               problems_free -p
    explanation_free -p     signature_free -p         signature_matches iptn     refusal_argument ti
"""


class NctracksError(Exception):
    """A call did not succeed: the name of the status; the argument it is about, "by" of who acts; and for a form
    (path, message) of each problem."""

    def __init__(self, status: str, message: str, argument: str = "", problems: tuple = ()):
        super().__init__("\n".join([f"{status}: {message}"] + [f"  {path}: {text}" for path, text in problems]))
        self.status, self.message, self.argument, self.problems = status, message, argument, problems


class InvalidValue(NctracksError):
    """A value is not acceptable, or a form has problems."""


class Refused(NctracksError):
    """A rule refuses."""


def _declare(shared: ctypes.CDLL) -> Any:
    for table in (_STATUS, _OTHER):
        words = table.partition("\n")[2].split()
        for name, letters in zip(words[::2], words[1::2]):
            function, types = getattr(shared, f"nct_{name}"), [_TYPES[letter] for letter in letters]
            function.restype, function.argtypes = (c_int32, types) if table is _STATUS else (types[0], types[1:])
            if table is _STATUS and name != "refusal_text_in":
                function.errcheck = _raise
    return shared


def _refusal(status: int) -> str:
    """What was refused and what it is about; the library knows it of the last call on this thread."""
    text = ctypes.create_string_buffer(1024)
    _lib.nct_refusal_text_in(None, status, b"en", text, len(text), None)
    return text.value.decode()


def _raise(status: int, _function: Any, _arguments: Any) -> None:
    if status == 0:
        return
    name = _lib.nct_status_name(status).decode()
    kind = {2: InvalidValue, 3: Refused}.get(_lib.nct_status_category(status), NctracksError)
    raise (InvalidValue if name == "NCT_E_PROBLEMS" else kind)(name, _refusal(status),
                                                               _lib.nct_refusal_argument(status).decode())


_lib = _declare(ctypes.CDLL(os.environ.get("NCTRACKS_LIBRARY", "libnctracks.so.0.2")))


def _text(value: Any) -> tuple:
    data = value if isinstance(value, bytes) else str(value).encode()
    return data, len(data)


def _texts(*values: Any) -> tuple:
    return tuple(part for value in values for part in _text(value))


def _number(function: Callable, *arguments: Any, kind: Any = c_int32) -> int:
    value = kind()
    function(*arguments, byref(value))
    return value.value


def constant(name: str) -> int:
    """The value of a constant of the C headers, such as "NCT_RIGHT_PA_SUBMIT"."""
    return _number(_lib.nct_constant_from_name, name.encode(), kind=c_int64)


def version() -> str:
    return _lib.nct_version().decode()


def canonical(kind: str, text: str) -> str:
    """The form in which an identifier is stored; raises InvalidValue when it is none. `kind` is "npi", "ncid", ..."""
    room = ctypes.create_string_buffer(_lib.nct_ident_canonical_max() + 1)
    _lib.nct_ident_canonical(_number(_lib.nct_ident_kind_from_name, kind.encode()), *_text(text), room, len(room), None)
    return room.value.decode()


class Mail(NamedTuple):
    """One mail. Its body and its parameter "pin" may be secret: do not log them."""
    id: str
    template: str
    address: str
    subject: str
    body: str
    parameters: Mapping[str, str]


class Signature(NamedTuple):
    id: str
    ncid: str
    signer_name: str
    role: str
    meaning: str
    profile: str
    signed_at: datetime


class _Form:
    """A form of the library, filled in from a mapping of paths to values and freed after use."""

    def __init__(self, kind: str, portal: c_void_p, fields: Mapping[str, Any]):
        self.handle, self.problems = c_void_p(), c_void_p()
        _lib.nct_form_new(portal, constant(f"NCT_FORM_{kind}"), byref(self.handle))
        try:
            for path, value in fields.items():
                _lib.nct_form_set(self.handle, path.encode(), *_text(value))
        except NctracksError:
            self.__exit__()
            raise

    def run(self, function: Callable, *arguments: Any, after: tuple = ()) -> None:
        """Calls function(form, arguments..., &problems, after...) and raises with the problems there are."""
        try:
            function(self.handle, *arguments, byref(self.problems), *after)
        except NctracksError as error:
            listed = range(_lib.nct_problems_count(self.problems))
            texts = tuple((_lib.nct_problems_path(self.problems, i).decode(),
                           _lib.nct_problems_message(self.problems, i).decode()) for i in listed)
            raise type(error)(error.status, error.message, error.argument, texts) from None

    def __enter__(self) -> "_Form":
        return self

    def __exit__(self, *_: Any) -> None:
        _lib.nct_problems_free(self.problems)
        _lib.nct_form_free(self.handle)


class Portal:
    """A portal on the library's memory store. `mailer` is called with each Mail; raising keeps it in the outbox."""

    def __init__(self, key: bytes, mailer: Optional[Callable[[Mail], Any]] = None, options: Mapping[str, int] = {}):
        self._handle, self._send = c_void_p(), mailer
        self._mailer = _Mailer()  # kept as long as the portal: the library calls into it
        config, policy = c_void_p(), c_void_p()
        try:
            _lib.nct_policy_new(b"2013", byref(policy))
            for name, value in options.items():
                _lib.nct_policy_set(policy, _number(_lib.nct_option_from_name, name.encode()), value)
            _lib.nct_config_new(byref(config))
            _lib.nct_config_set_policy(config, policy)
            _lib.nct_config_set_master_key(config, *_text(key))
            if mailer:
                _lib.nct_mailer_init(byref(self._mailer), ctypes.sizeof(self._mailer))
                self._mailer.send = _SEND(self._receive)
                _lib.nct_config_set_mailer(config, byref(self._mailer), None)
            _lib.nct_portal_open(config, byref(self._handle))
        finally:
            _lib.nct_config_free(config)
            _lib.nct_policy_free(policy)

    def _receive(self, mail: int, _user_data: Any) -> int:
        try:  # an exception must not cross the library
            names = ("id", "template", "recipient_address", "subject", "body")
            texts = (getattr(_lib, f"nct_mail_{name}")(mail).decode() for name in names)
            count = range(_lib.nct_mail_parameter_count(mail))
            pairs = ((_lib.nct_mail_parameter_name(mail, i), _lib.nct_mail_parameter_value(mail, i)) for i in count)
            self._send(Mail(*texts, {name.decode(): value.decode() for name, value in pairs}))
            return 0
        except (ConnectionError, TimeoutError):  # nobody was reached: the mail is not to blame, and the others wait too
            return constant("NCT_E_BUSY")
        except Exception:  # pylint: disable=broad-except
            return constant("NCT_E_MAILER")

    def close(self) -> None:
        _lib.nct_portal_close(self._handle)
        self._handle = c_void_p()

    def __enter__(self) -> "Portal":
        return self

    def __exit__(self, *_: Any) -> None:
        self.close()

    def enroll(self, fields: Mapping[str, Any], operator: str) -> str:
        """Makes a provider record; returns its authorization code, which is shown this once."""
        room = ctypes.create_string_buffer(_lib.nct_authorization_code_length() + 1)
        with _Form("ENROLLMENT", self._handle, fields) as form:
            form.run(_lib.nct_enrollment_submit, *_text(operator), room, len(room))
        return room.value.decode()

    def validate(self, fields: Mapping[str, Any]) -> None:
        """Raises InvalidValue with every problem of a registration form."""
        with _Form("REGISTRATION", self._handle, fields) as form:
            form.run(_lib.nct_form_validate)

    def register(self, fields: Mapping[str, Any]) -> None:
        with _Form("REGISTRATION", self._handle, fields) as form:
            form.run(_lib.nct_registration_submit)

    def add_user(self, fields: Mapping[str, Any], by: str, provider: str) -> None:
        with _Form("USER", self._handle, fields) as form:
            form.run(_lib.nct_user_add, *_texts(by, provider))

    def revoke(self, by: str, provider: str, ncid: str) -> None:
        _lib.nct_access_revoke(self._handle, *_texts(by, provider, ncid))

    def _right(self, name: str) -> int:
        return _number(_lib.nct_right_from_name, _lib.nct_portal_policy(self._handle), name.encode())

    def check(self, ncid: str, provider: str, right: str) -> bool:
        """Whether it is allowed now. Whatever is not a rule's answer (a failing store) raises."""
        try:
            _lib.nct_access_check(self._handle, *_texts(provider, ncid), self._right(right))
            return True
        except Refused:
            return False

    def explain(self, ncid: str, provider: str, right: str) -> str:
        explanation = c_void_p()
        _lib.nct_access_explain(self._handle, *_texts(provider, ncid), self._right(right), byref(explanation))
        try:
            return _lib.nct_explanation_text(explanation).decode()
        finally:
            _lib.nct_explanation_free(explanation)

    def set_password(self, ncid: str, password: str, operator: str) -> None:
        _lib.nct_password_set(self._handle, *_texts(operator, ncid, password))

    def reset_pin(self, ncid: str, by: str, provider: str) -> None:
        _lib.nct_pin_reset_by_administrator(self._handle, *_texts(by, provider, ncid))

    def pin_state(self, ncid: str) -> str:
        state = c_int32()
        _lib.nct_pin_status(self._handle, *_text(ncid), byref(state), None, None)
        return _lib.nct_pin_state_name(state).decode()

    def sign(self, fields: Mapping[str, Any]) -> Signature:
        """Signs. Python cannot wipe the password and the PIN it was given; the library wipes its copies."""
        signature = c_void_p()
        with _Form("SIGNING", self._handle, fields) as form:
            form.run(_lib.nct_sign, after=(byref(signature),))
        try:
            names = ("id", "ncid", "signer_name", "role", "meaning", "profile")
            texts = {name: getattr(_lib, f"nct_signature_{name}")(signature).decode() for name in names}
            when = datetime.fromtimestamp(_lib.nct_signature_signed_at(signature) / 1000, timezone.utc)
            return Signature(signed_at=when, **texts)
        finally:
            _lib.nct_signature_free(signature)

    def matches(self, provider: str, signature_id: str, document: bytes) -> bool:
        """Whether a document is the one that was signed."""
        signature = c_void_p()
        _lib.nct_signature_get(self._handle, *_texts(provider, signature_id), byref(signature))
        try:
            return _lib.nct_signature_matches(signature, *_text(document)) == 1
        finally:
            _lib.nct_signature_free(signature)

    def flush_mail(self, limit: int = 1000) -> int:
        """Tries to deliver waiting mails; returns how many were sent."""
        return _number(lambda sent: _lib.nct_mail_flush(self._handle, limit, sent, None), kind=c_size_t)
