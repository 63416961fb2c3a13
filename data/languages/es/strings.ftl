# Lo que el bot dice alrededor de las respuestas, en español.

as-of = El artículo es del { $date }.
clarify = No sé con certeza a cuál de estas se refiere:
either = Dos respuestas se acercan a su pregunta:
off-topic = Solo puedo responder preguntas sobre el artículo, y esta no parece serlo. Puede preguntar, por ejemplo:
help = Hágame una pregunta sobre el artículo, con sus propias palabras. Por ejemplo:
too-long = Es demasiado largo para mí: pregunte con { $limit } caracteres como máximo.
sources = Fuentes
related = Preguntas relacionadas
none-before = Todavía no hay una respuesta que explicar.
why-matched = Frase que coincidió
why-sure = Certeza
why-scores = Puntajes: palabras { $words }, significado { $meaning }, ortografía { $spelling }
why-runner-up = Segunda opción
chat-welcome = Testigo responde preguntas sobre { $title }. Escriba una pregunta, o /help.
chat-help = Pregunte lo que quiera sobre el artículo. Un número elige una sugerencia. /topics muestra qué se puede preguntar, /why explica la última respuesta, /lang en, es o pt fija el idioma (/lang auto: el de la pregunta), /quit termina.
chat-unknown-command = No existe ese comando. /help los muestra.
chat-unknown-language = No hablo ese idioma. Elija uno de: { $languages }.
chat-language-set = Responderé en español.
chat-language-auto = Responderé en el idioma de cada pregunta.
chat-goodbye = Hasta luego.

# Discord: los comandos
command-ask = preguntar
command-ask-description = Haga una pregunta sobre el artículo
command-topics = temas
command-topics-description = Recorra las preguntas por tema
command-article = artículo
command-article-description = El artículo: su ficha, sus pasajes y enlaces a ellos
command-figures = cifras
command-figures-description = Las cifras del artículo, en una imagen y en palabras
command-help = ayuda
command-help-description = Qué es este bot y qué no es
command-answer-message = Responder esta pregunta
option-question = pregunta
option-question-description = Su pregunta, con sus palabras o de la lista
option-language = idioma
option-language-description = El idioma de la respuesta
option-private = privado
option-private-description = Solo usted ve la respuesta
language-name = Español

# Discord: botones
button-sources = Fuentes
button-why = Por qué esta respuesta
button-related = Relacionadas
button-follow-up = Seguir preguntando
button-share = Compartir
button-report = Señalar un error
button-helpful = Útil
button-not-helpful = No fue útil
button-delete = Borrar
button-none-of-these = Ninguna de estas
button-previous-page = Anterior
button-next-page = Siguiente
button-topics = Ver los temas

# Discord: respuestas
first-contact = Soy Testigo, un bot automático: respondo preguntas sobre un artículo con respuestas escritas por personas, y muestro el pasaje que respalda cada una.
closest = Lo más cercano en el artículo:
sources-of-answer = Los pasajes que respaldan esta respuesta
why-title = Por qué esta respuesta
why-note = Una frase solo es una manera en que alguien podría preguntar; no es una afirmación del artículo. La respuesta la escribieron personas; el bot solo la eligió.
why-not-shown = una que es mejor no repetir aquí
related-choose = Elija una pregunta
rephrase = Pregunte de nuevo con otras palabras, lo más concreto que pueda: quién, qué, dónde, cuándo, cuántos. /temas muestra qué se puede preguntar.
delete-only-asker = Solo quien preguntó puede borrar esta respuesta.
thanks-rating = Anotado. Gracias.
thanks-report = Gracias. Quienes cuidan las respuestas pueden leer su aviso.
answer-gone = Esta respuesta ya no está en la base de conocimientos. Pregunte de nuevo.
old-button = Este botón es de una versión anterior. Pregunte de nuevo.
message-empty = En ese mensaje no hay texto que yo pueda responder.

# Discord: formularios
follow-up-title = Seguir preguntando
follow-up-label = Su pregunta
follow-up-description = Puede continuar la respuesta anterior, por ejemplo: ¿y las mujeres?
report-title = Señalar un error
report-reason = ¿Qué tiene de malo esta respuesta?
report-note = ¿Algo que agregar? (opcional)
report-note-description = Por favor, no escriba nombres ni otros datos personales.
reason-wrong = Es incorrecta
reason-incomplete = Falta algo
reason-outdated = Está desactualizada
reason-offensive = Es ofensiva
reason-translation = Está mal traducida o redactada

# Discord: recorrido
topics-title = Qué se puede preguntar
topics-text = Elija un tema y luego una pregunta. O pregunte con sus propias palabras.
topics-choose-topic = Elija un tema
topics-choose-question = Elija una pregunta
article-title = El artículo
article-authors = Por { $authors }
article-published = Publicado el { $date }
article-updated = actualizado el { $date }
article-passages = Pasajes { $first } a { $last } de { $count }. p1s2 significa párrafo 1, oración 2; cada enlace abre el artículo en el pasaje.
article-version = Testigo { $program }, base de conocimientos { $knowledge }: { $answers } respuestas, { $gaps } preguntas que el artículo no responde.
figures-none = No hay cifras de este artículo.
figures-no-picture = La imagen no se pudo dibujar en este momento; aquí están las cifras en palabras.
help-title = Qué es Testigo
help-is = Un bot automático que responde preguntas sobre un solo artículo: «{ $title }» ({ $outlet }, { $date }). Personas escribieron cada respuesta y la comprobaron con el artículo; ninguna IA escribe las respuestas. Cada respuesta muestra el pasaje que lo dice. Donde el artículo no lo dice, se lo digo.
help-is-not = No soy un buscador ni una autoridad: solo conozco este artículo, a la fecha en que se publicó. No puedo ayudarle a encontrar a una persona. /privacidad dice qué se guarda.
help-how = Cómo preguntar: /preguntar, un mensaje directo, o mencióneme en un canal. En un mensaje: Aplicaciones, «Responder esta pregunta». /temas muestra las preguntas, /cifras los números, /artículo la fuente. Idiomas: { $languages }.

# Discord: cuando no funciona
cooldown = Ha hecho muchas preguntas en poco tiempo. Espere { $seconds } s y pregunte de nuevo.
busy = Muchas personas están preguntando en este momento. Inténtelo de nuevo en unos segundos.
closing = Me están reiniciando. Pregunte de nuevo en un minuto.
took-too-long = Tardó demasiado. Pregunte de nuevo.
went-wrong = Algo falló de mi lado. Si lo reporta, este código ayuda a encontrarlo: { $reference }
command-changed = Este comando cambió. Recargue Discord e inténtelo de nuevo.
cannot-write = No tengo permiso para escribir en ese canal; por eso le respondo aquí. Un moderador puede darme permiso para enviar mensajes allí.

# Discord: ajustes
command-settings = ajustes
command-settings-description = Cómo se comporta el bot en este servidor
settings-title = Testigo en este servidor
settings-language = Idioma cuando no se conoce el de la persona: { $language }
settings-automatic = el del servidor
settings-private-on = Respuestas a /preguntar: privadas, salvo que la persona quiera otra cosa
settings-private-off = Respuestas a /preguntar: para todas las personas del canal, salvo que la persona quiera otra cosa
settings-channels = Canales donde se responden menciones: { $channels }
settings-everywhere = todos
settings-keeps-on = Las preguntas se guardan { $days } días, sin nombres, para mejorar las respuestas. Al desactivarlo se borran las guardadas hasta ahora.
settings-keeps-off = Las preguntas no se guardan, solo se cuentan.
settings-curators = Quién puede revisar: { $role } y quienes administran el servidor
settings-curators-none = Quién puede revisar: quienes administran el servidor
settings-choose-language = Elija un idioma
settings-choose-channels = Canales donde se responden menciones (ninguno: todos)
settings-choose-role = Elija el rol que puede revisar
settings-make-private = Hacer privadas las respuestas
settings-make-public = Mostrar las respuestas a todos
settings-keep = Guardar las preguntas
settings-keep-not = No guardar las preguntas
settings-saved = Guardado.
settings-forbidden = Solo quienes administran este servidor pueden hacerlo.
only-in-server = Esto solo funciona en un servidor.
store-gone = Esto no se puede leer ni guardar en este momento. Inténtelo más tarde.

# Discord: revisión
command-curate = revisar
command-curate-description = Revise lo que se preguntó y no se respondió
command-review = pendientes
command-review-description = Recorra las preguntas por revisar
command-retract = retirar
command-retract-description = Retire una respuesta de inmediato, en todas partes
command-restore = restaurar
command-restore-description = Vuelva a dar una respuesta retirada
option-entry = respuesta
option-entry-description = La pregunta que responde
option-reason = motivo
option-reason-description = Por qué; lo leerán quienes pregunten
curate-title = Pregunta { $number } de { $count } por revisar
curate-empty = No hay nada por revisar.
curate-times = Se preguntó { $count } veces con palabras parecidas.
curate-reasons = Por qué está aquí: { $reasons }
curate-note = Nota: { $note }
reason-unanswered = sin respuesta
reason-not-helpful = no fue útil
reason-reported = señalada
curate-nearest = Respuestas más cercanas
curate-choose = Agregar como frase de …
curate-language = La pregunta está en { $language }
curate-entry = Proponer una respuesta
curate-gap = Proponer un vacío
curate-off-topic = Fuera de tema
curate-dismiss = Descartar
curate-skip = Saltar
curate-drafted = Anotado como borrador. Nada cambia hasta que alguien lo revise y lo aplique.
curate-report = Señalado: { $reason }
curate-reviewed = Alguien más ya revisó esto.
curate-dismissed = Descartada.
curate-forbidden = Solo quienes revisan en este servidor pueden hacerlo.
owner-forbidden = Solo quien opera este bot puede hacerlo.
no-such-answer = No existe esa respuesta. Elija una de la lista.
retracted = Retirada. Quien pregunte ahora leerá el motivo.
restored = La respuesta se da de nuevo.
withdrawn = Esta respuesta se retiró el { $date }. Motivo indicado: { $reason }
reload-refused = Los datos cambiados se rechazaron; sigo respondiendo con los anteriores. Motivo: { $reason }

# Discord: estadísticas
command-stats = estadísticas
command-stats-description = Qué se preguntó y con qué frecuencia se pudo responder
stats-title = Preguntas de los últimos { $days } días
stats-none = No se preguntó nada en los últimos { $days } días.
stats-by-outcome = Por resultado
stats-by-language = Por idioma
stats-by-day = Por día
stats-by-entry = Lo más preguntado
stats-groups = Por revisar, lo más preguntado
stats-asked = preguntas
stats-answered = respondidas
stats-helpful = útiles, de las calificadas
outcome-answer = respondidas
outcome-gap = el artículo no lo dice
outcome-clarify = se pidió precisar
outcome-off-topic = fuera de tema
outcome-meta = sobre el bot

# Discord: privacidad
command-privacy = privacidad
command-privacy-description = Qué se guarda sobre usted y cómo borrarlo
privacy-title = Qué se guarda
privacy-counts = Lo que se pregunta se cuenta por día, servidor, resultado, respuesta e idioma, sin nombres y sin sus palabras.
privacy-kept-here = Las palabras de las preguntas hechas aquí se guardan { $days } días, para que haya personas que las lean y mejoren las respuestas. Correos electrónicos, números largos, menciones y enlaces se ocultan; su cuenta se guarda solo como un código que no se puede revertir sin una clave secreta, que no está en la base de datos. Las frases que esas personas adopten como manera de preguntar se conservan más tiempo, sin su cuenta.
privacy-not-kept-here = Las palabras de las preguntas hechas aquí no se guardan.
privacy-feedback = Lo que usted diga de las respuestas (útil, no fue útil) se guarda de la misma manera { $days } días donde se guardan las palabras; en los demás casos, solo se cuenta. Un aviso que usted envía se guarda { $days } días, para que se lea.
privacy-opted-out = Usted optó por no participar: sus preguntas y lo que diga de las respuestas no se guardan, solo se cuentan.
privacy-show = Mostrar mis datos
privacy-export = Exportar
privacy-delete = Borrar mis datos
privacy-opt-out = No guardar nada mío
privacy-opt-in = Volver a permitir guardar
privacy-agree = Guardar mis preguntas aquí
privacy-disagree = No guardar mis preguntas aquí
privacy-mine = Preguntas guardadas de usted: { $questions }. Opiniones sobre respuestas: { $feedback }.
privacy-off = «No guardar nada mío» y «No guardar mis preguntas aquí» borran de inmediato lo guardado.
privacy-deleted = Borrado. No queda guardado nada de lo que usted preguntó y dijo hasta ahora.
